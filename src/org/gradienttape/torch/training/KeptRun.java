package org.gradienttape.torch.training;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.gradienttape.checkpoint.RunIdentity;
import org.gradienttape.checkpoint.RunKeeper;
import org.gradienttape.code.CodeThread;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.tensorboard.TensorBoardLog;
import org.gradienttape.train.LoopListener;
import org.gradienttape.train.TrainingMonitor;

/**
 * A run whose state may be kept, and which may be logged on its way.
 *
 * @param keeper of its checkpoints
 * @param log for TensorBoard
 */
public record KeptRun(Optional<RunKeeper> keeper, Optional<TensorBoardLog> log) {
    /**
     * Runs something that has the folder of its checkpoints for itself meanwhile; the last checkpoint is written when this
     * returns.
     *
     * @param identity of the run; takes time, and is asked for only if there are checkpoints
     * @param monitor hears of what could not be written
     */
    public static <T> T during(
            final RunFiles files,
            final Supplier<RunIdentity> identity,
            final TrainingMonitor monitor,
            final Function<KeptRun, T> run) {
        final Optional<TensorBoardLog> log =
                files.tensorBoard().map(folder -> TensorBoardLog.open(folder, monitor::warn));
        try {
            if (files.checkpoints().isEmpty()) {
                return run.apply(new KeptRun(Optional.empty(), log));
            }
            try (RunKeeper keeper = RunKeeper.open(files.checkpoints().get(), identity.get(), monitor::warn)) {
                return run.apply(new KeptRun(Optional.of(keeper), log));
            }
        } finally {
            log.ifPresent(TensorBoardLog::close);
        }
    }

    /** The same on the thread of a user's code; the relay passes on what came until the end. */
    public static <T> T duringCode(
            final RunFiles files,
            final Supplier<RunIdentity> identity,
            final MonitorRelay relay,
            final CodeThread thread,
            final Function<KeptRun, T> run) {
        try {
            return during(files, identity, relay, kept -> thread.run(() -> run.apply(kept), relay::pass));
        } finally {
            relay.pass();
        }
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
