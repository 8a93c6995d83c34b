package org.gradienttape.nodes.training;

import java.util.Optional;
import org.gradienttape.checkpoint.CheckpointPlan;
import org.gradienttape.nodes.LocalPath;
import org.gradienttape.nodes.WhenChecked;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;

/** Whether the state of a run is kept on the way, so that it can go on after its end. */
@LoadDefaultsForAbsentFields
public final class RunStateParameters implements NodeParameters {
    /** What is counted between two checkpoints. The names of the constants stand in saved workflows. */
    public enum Unit {
        @Label(value = "Steps", description = "Counted over all epochs.")
        STEPS,
        @Label(value = "Epochs", description = "At the end of an epoch, validation included.")
        EPOCHS,
        @Label(value = "Minutes", description = "At the next step after so many minutes.")
        MINUTES
    }

    /** Whether a run goes on. The names of the constants stand in saved workflows. */
    public enum Resume {
        @Label(
                value = "Never",
                description = "The run begins anew, and its first checkpoints take the place of those that are there.")
        NEVER,
        @Label(
                value = "If there is a checkpoint",
                description = "The run goes on from the last checkpoint, or begins if there is none. A checkpoint of"
                        + " another run is an error that says what differs.")
        IF_THERE,
        @Label(value = "Always", description = "Without a checkpoint of this run, the node fails.")
        MUST
    }

    static final class EnabledReference implements ParameterReference<Boolean> {}

    static final class IsEnabled extends WhenChecked {
        IsEnabled() {
            super(EnabledReference.class);
        }
    }

    @Widget(
            title = "Keep the run",
            description = "Writes checkpoints of the whole run: weights, optimizer, random numbers, place in the epoch,"
                    + " callbacks, logs, what Java code keeps. A run that was cancelled or killed goes on from the last one,"
                    + " to the same tables and weights, and so does one with more epochs than before. A cancel writes a"
                    + " checkpoint, too. The Model Reader reads each as a model.")
    @ValueReference(EnabledReference.class)
    public boolean enabled;

    @Widget(
            title = "Folder of the run",
            description =
                    "The folder on this machine that its last two checkpoints are in; each run needs its own. If it"
                            + " is empty, the folder <i>checkpoints</i> in the workflow's data area has one for this node."
                            + LocalPath.HELP)
    @TextInputWidget(placeholder = "checkpoints of this node, in the workflow")
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    public String folder = "";

    @Widget(
            title = "Checkpoint every",
            description = "How many steps, epochs or minutes lie between two checkpoints; at least 1.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    public int every = 200;

    @Widget(title = "Counted in", description = "What lies between two checkpoints.")
    @ValueSwitchWidget
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    public Unit unit = Unit.STEPS;

    @Widget(
            title = "Go on",
            description = "Whether the run goes on where one of the same network, data, settings and code ended.")
    @ValueSwitchWidget
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    public Resume resume = Resume.IF_THERE;

    /** Checks all but the folder, which may come from a flow variable and means something only where the node runs. */
    public int checked() {
        CheckpointPlan.checkEvery(every);
        return every;
    }

    /** What was chosen; in a node's thread. */
    public Optional<CheckpointPlan> toPlan() {
        return enabled
                ? Optional.of(new CheckpointPlan(
                        folder.isBlank()
                                ? LocalPath.folderOfNode("checkpoints")
                                : LocalPath.folderToWrite(folder, "folder of the run"),
                        every,
                        CheckpointPlan.Unit.valueOf(unit.name()),
                        CheckpointPlan.Resume.valueOf(resume.name())))
                : Optional.empty();
    }
}
