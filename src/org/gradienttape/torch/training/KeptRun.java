package org.gradienttape.torch.training;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.gradienttape.checkpoint.CheckpointPlan;
import org.gradienttape.checkpoint.RunIdentity;
import org.gradienttape.checkpoint.RunKeeper;
import org.gradienttape.train.TrainingMonitor;

/** A run whose state may be kept. */
public final class KeptRun {
    private KeptRun() {}

    /**
     * Runs something that has the folder of its checkpoints for itself meanwhile; the last checkpoint is written when this
     * returns.
     *
     * @param identity of the run; takes time, and is asked for only if there are checkpoints
     * @param monitor hears of checkpoints that could not be written
     */
    public static <T> T during(
            final Optional<CheckpointPlan> plan,
            final Supplier<RunIdentity> identity,
            final TrainingMonitor monitor,
            final Function<Optional<RunKeeper>, T> run) {
        if (plan.isEmpty()) {
            return run.apply(Optional.empty());
        }
        try (RunKeeper keeper = RunKeeper.open(plan.get(), identity.get(), monitor::warn)) {
            return run.apply(Optional.of(keeper));
        }
    }
}
