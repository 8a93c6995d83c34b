package org.gradienttape.nodes.trainer;

import java.util.Optional;
import org.gradienttape.callback.CheckpointConfig;
import org.gradienttape.callback.Watch;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.nodes.ExistingFile;
import org.gradienttape.nodes.LocalPath;
import org.gradienttape.nodes.WhenChecked;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.knime.node.parameters.widget.text.TextInputWidgetValidation.PatternValidation.IsNotBlankValidation;

/** Whether the best model is written to a file while training goes on. */
@LoadDefaultsForAbsentFields
final class CheckpointParameters implements NodeParameters {
    static final class EnabledReference implements ParameterReference<Boolean> {}

    static final class IsEnabled extends WhenChecked {
        IsEnabled() {
            super(EnabledReference.class);
        }
    }

    @Widget(
            title = "Checkpoint",
            description = "Writes the model to a file after each epoch in which the watched number is better than ever,"
                    + " so that it is not lost when the run is. The Model Reader reads it.")
    @ValueReference(EnabledReference.class)
    boolean enabled;

    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    WatchParameters watch = new WatchParameters();

    @Widget(
            title = "Checkpoint folder",
            description = "The folder on this machine that the file goes to." + LocalPath.HELP
                    + " So does the flow variable <i>knime.workspace</i>, the folder of your workflows.")
    @TextInputWidget(placeholder = "~/models")
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    String folder = "";

    @Widget(title = "Checkpoint file name", description = "The name of the file in this folder.")
    @TextInputWidget(patternValidation = IsNotBlankValidation.class)
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    String fileName = "best-model.gradienttape";

    @Widget(
            title = "If the checkpoint exists",
            description = "What happens when the file is there before training starts.")
    @ValueSwitchWidget
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    ExistingFile ifExists = ExistingFile.FAIL;

    /** Checks all but the folder, which may come from a flow variable and means something only where the node runs. */
    Optional<Watch> checked(final MetricsConfig metrics) {
        if (!enabled) {
            return Optional.empty();
        }
        LocalPath.plainName(fileName);
        return Optional.of(watch.toConfig(0, metrics));
    }

    Optional<CheckpointConfig> toConfig(final MetricsConfig metrics) {
        return enabled
                ? Optional.of(new CheckpointConfig(
                        watch.toConfig(0, metrics),
                        LocalPath.fileToWrite(folder, fileName, "folder of the checkpoint"),
                        ifExists.toConfig()))
                : Optional.empty();
    }
}
