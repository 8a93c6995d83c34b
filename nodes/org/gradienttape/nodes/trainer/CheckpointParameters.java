package org.gradienttape.nodes.trainer;

import java.util.List;
import java.util.Optional;
import org.gradienttape.callback.CheckpointConfig;
import org.gradienttape.callback.Watch;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.nodes.LocalPath;
import org.gradienttape.nodes.training.CheckpointPlace;
import org.gradienttape.nodes.training.WatchParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.knime.node.parameters.widget.text.TextInputWidgetValidation.PatternValidation.IsNotBlankValidation;

/** Whether the best model is written to a file while training goes on, and which number decides that. */
@LoadDefaultsForAbsentFields
final class CheckpointParameters extends CheckpointPlace {
    @Widget(title = "Checkpoint file name", description = "The name of the file in this folder.")
    @TextInputWidget(patternValidation = IsNotBlankValidation.class)
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    String fileName = "best-model.gradienttape";

    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    WatchParameters watch = new WatchParameters();

    /** Checks all but the folder, which may come from a flow variable and means something only where the node runs. */
    Optional<Watch> checked(final MetricsConfig metrics) {
        if (!enabled) {
            return Optional.empty();
        }
        LocalPath.plainName(fileName);
        return Optional.of(watch.toConfig(0, metrics));
    }

    Optional<CheckpointConfig> toConfig(final MetricsConfig metrics) {
        return toConfig(watch.toConfig(0, metrics), List.of(fileName));
    }
}
