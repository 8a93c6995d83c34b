package org.gradienttape.nodes.training;

import java.util.List;
import java.util.Optional;
import org.gradienttape.callback.CheckpointConfig;
import org.gradienttape.callback.Watch;
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

/** Whether the best models are written to files while training goes on, and where. */
@LoadDefaultsForAbsentFields
public class CheckpointPlace implements NodeParameters {
    public static final class EnabledReference implements ParameterReference<Boolean> {}

    public static final class IsEnabled extends WhenChecked {
        IsEnabled() {
            super(EnabledReference.class);
        }
    }

    @Widget(
            title = "Checkpoint",
            description = "Writes what is trained to a file after each epoch in which the watched number is better than"
                    + " ever, so that it is not lost when the run is. The Model Reader reads it.")
    @ValueReference(EnabledReference.class)
    public boolean enabled;

    @Widget(
            title = "Checkpoint folder",
            description = "The folder on this machine that it goes to." + LocalPath.HELP
                    + " So does the flow variable <i>knime.workspace</i>, the folder of your workflows.")
    @TextInputWidget(placeholder = "~/models")
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    public String folder = "";

    @Widget(
            title = "If the checkpoint exists",
            description = "What happens when such a file is there before training starts.")
    @ValueSwitchWidget
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    public ExistingCheckpoint ifExists = ExistingCheckpoint.FAIL;

    /**
     * What was chosen.
     *
     * @param names of the files, one for each network
     */
    protected final Optional<CheckpointConfig> toConfig(final Watch watch, final List<String> names) {
        return enabled
                ? Optional.of(new CheckpointConfig(
                        watch,
                        names.stream()
                                .map(name -> LocalPath.fileToWrite(folder, name, "folder of the checkpoint"))
                                .toList(),
                        ifExists.toConfig()))
                : Optional.empty();
    }
}
