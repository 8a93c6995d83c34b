package org.gradienttape.nodes.training;

import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.nodes.LocalPath;
import org.gradienttape.nodes.WhenChecked;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.text.TextInputWidget;

/** Whether a run is logged for TensorBoard. */
@LoadDefaultsForAbsentFields
public final class TensorBoardParameters implements NodeParameters {
    static final class EnabledReference implements ParameterReference<Boolean> {}

    static final class IsEnabled extends WhenChecked {
        IsEnabled() {
            super(EnabledReference.class);
        }
    }

    @Widget(
            title = "Log for TensorBoard",
            description =
                    "Writes the numbers of both logs, generated images and the network as TensorBoard shows them, while"
                            + " the run goes on. Each run has a folder of its own, named after the time; one that goes on after its"
                            + " end goes on there.")
    @ValueReference(EnabledReference.class)
    public boolean enabled;

    @Widget(
            title = "Log folder",
            description =
                    "The folder on this machine that TensorBoard is given; runs of several nodes may share it. If it is"
                            + " empty, the folder <i>tensorboard</i> in the workflow's data area has one for this node."
                            + LocalPath.HELP)
    @TextInputWidget(placeholder = "folder of this node, in the workflow")
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    public String folder = "";

    /** What was chosen; in a node's thread. */
    public Optional<Path> toFolder() {
        return enabled
                ? Optional.of(
                        folder.isBlank()
                                ? LocalPath.folderOfNode("tensorboard")
                                : LocalPath.folderToWrite(folder, "folder of the log for TensorBoard"))
                : Optional.empty();
    }
}
