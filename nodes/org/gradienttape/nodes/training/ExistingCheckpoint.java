package org.gradienttape.nodes.training;

import org.gradienttape.callback.CheckpointConfig.Existing;
import org.knime.node.parameters.widget.choices.Label;

/** What happens when a checkpoint is there before training starts. The names of the constants stand in saved workflows. */
public enum ExistingCheckpoint {
    @Label(value = "Fail", description = "The node fails and the file stays as it is.")
    FAIL(Existing.FAIL),
    @Label(
            value = "Overwrite if better",
            description =
                    "A model takes its place when the watched number is better than the one with which the file was"
                            + " written.")
    OVERWRITE(Existing.REPLACE_IF_BETTER),
    @Label(value = "Always overwrite", description = "The model of the first epoch takes its place.")
    REPLACE(Existing.REPLACE);

    private final Existing meaning;

    ExistingCheckpoint(final Existing meaning) {
        this.meaning = meaning;
    }

    Existing toConfig() {
        return meaning;
    }
}
