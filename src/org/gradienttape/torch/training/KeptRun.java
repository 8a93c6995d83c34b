package org.gradienttape.torch.training;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.gradienttape.checkpoint.RunIdentity;
import org.gradienttape.checkpoint.RunKeeper;
import org.gradienttape.code.CodeThread;
import org.gradienttape.distributed.SharedKeeper;
import org.gradienttape.distributed.Workers;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.model.Model;
import org.gradienttape.tensorboard.TensorBoardLog;
import org.gradienttape.train.Keeper;
import org.gradienttape.train.LoopListener;
import org.gradienttape.train.TrainingMonitor;

/**
 * A run whose state may be kept, and which may be logged on its way.
 *
 * @param keeper of its checkpoints
 * @param log for TensorBoard
 * @param workers that share it
 */
public record KeptRun(Optional<RunKeeper> keeper, Optional<TensorBoardLog> log, Workers workers) {
    /**
     * Runs something that has the folder of its checkpoints for itself meanwhile; the last checkpoint is written when this
     * returns.
     *
     * @param workers that share the run; the first one writes files
     * @param identity of the run; takes time, and is asked for only if there are checkpoints
     * @param monitor hears of what could not be written
     */
    public static <T> T during(
            final RunFiles files,
            final Workers workers,
            final Supplier<RunIdentity> identity,
            final TrainingMonitor monitor,
            final Function<KeptRun, T> run) {
        if (!workers.isFirst()) {
            return run.apply(new KeptRun(Optional.empty(), Optional.empty(), workers));
        }
        final Optional<TensorBoardLog> log =
                files.tensorBoard().map(folder -> TensorBoardLog.open(folder, monitor::warn));
        try {
            if (files.checkpoints().isEmpty()) {
                return run.apply(new KeptRun(Optional.empty(), log, workers));
            }
            try (RunKeeper keeper =
                    RunKeeper.open(files.checkpoints().get(), ofAll(identity.get(), workers), monitor::warn)) {
                return run.apply(new KeptRun(Optional.of(keeper), log, workers));
            }
        } finally {
            log.ifPresent(TensorBoardLog::close);
        }
    }

    /** The same on the thread of a user's code; the relay passes on what came until the end. */
    public static <T> T duringCode(
            final RunFiles files,
            final Workers workers,
            final Supplier<RunIdentity> identity,
            final MonitorRelay relay,
            final CodeThread thread,
            final Function<KeptRun, T> run) {
        try {
            return during(files, workers, identity, relay, kept -> thread.run(() -> run.apply(kept), relay::pass));
        } finally {
            relay.pass();
        }
    }

    /** Sums over several workers differ in their last bits with their number. */
    private static RunIdentity ofAll(final RunIdentity identity, final Workers workers) {
        return workers.areSeveral() ? identity.with("the number of workers", workers.size()) : identity;
    }

    /**
     * Keeps the run.
     *
     * @param model a copy of it as it is trained so far
     */
    Keeper keeping(final Supplier<Model> model) {
        final Keeper own = keeper.<Keeper>map(some -> some.of(model)).orElse(Keeper.NOTHING);
        return workers.areSeveral() ? new SharedKeeper(own, workers) : own;
    }

    /** The listener, and the log besides it. */
    LoopListener listening(final LoopListener listener, final Supplier<TensorBoardLog.Content> content) {
        return log.map(some -> some.besides(listener, content.get())).orElse(listener);
    }

    /** The monitor, and the log of images besides it. */
    public GanMonitor watching(final GanMonitor monitor, final int stepsPerEpoch) {
        return log.map(some -> some.besides(monitor, stepsPerEpoch)).orElse(monitor);
    }
}
