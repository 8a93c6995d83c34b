package org.gradienttape.nodes.gantrainer;

import java.util.List;
import java.util.Optional;
import org.gradienttape.callback.CheckpointConfig;
import org.gradienttape.callback.Watch;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.LocalPath;
import org.gradienttape.nodes.training.CheckpointPlace;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.knime.node.parameters.widget.text.TextInputWidgetValidation.PatternValidation.IsNotBlankValidation;

/** Whether the best generator and discriminator are written to files while training goes on. */
@LoadDefaultsForAbsentFields
final class GanCheckpointParameters extends CheckpointPlace {
    @Widget(title = "Generator's file name", description = "The name of the generator's file in this folder.")
    @TextInputWidget(patternValidation = IsNotBlankValidation.class)
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    String generatorFileName = "best-generator.gradienttape";

    @Widget(title = "Discriminator's file name", description = "The name of the discriminator's file in this folder.")
    @TextInputWidget(patternValidation = IsNotBlankValidation.class)
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    String discriminatorFileName = "best-discriminator.gradienttape";

    /** Checks all but the folder, which may come from a flow variable and means something only where the node runs. */
    boolean checked() {
        if (enabled) {
            LocalPath.plainName(generatorFileName);
            LocalPath.plainName(discriminatorFileName);
            if (generatorFileName.equals(discriminatorFileName)) {
                throw new InvalidInputException("The checkpoint needs a file for each network, but both are named "
                        + generatorFileName + "; choose another name for one.");
            }
        }
        return enabled;
    }

    Optional<CheckpointConfig> toConfig(final Watch watch) {
        checked();
        return toConfig(watch, List.of(discriminatorFileName, generatorFileName));
    }
}
