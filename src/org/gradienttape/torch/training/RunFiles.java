package org.gradienttape.torch.training;

import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.checkpoint.CheckpointPlan;

/**
 * What a run writes on its way.
 *
 * @param checkpoints of the whole run
 * @param tensorBoard the folder of TensorBoard in which the run gets a log of its own
 */
public record RunFiles(Optional<CheckpointPlan> checkpoints, Optional<Path> tensorBoard) {
    public static final RunFiles NONE = new RunFiles(Optional.empty(), Optional.empty());

    /** Checkpoints alone. */
    public static RunFiles of(final CheckpointPlan plan) {
        return new RunFiles(Optional.of(plan), Optional.empty());
    }
}
