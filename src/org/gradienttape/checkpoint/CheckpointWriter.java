package org.gradienttape.checkpoint;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.error.MemoryNeed;

/** Writes checkpoints on a thread of its own, one at a time, so that the run goes on meanwhile. */
final class CheckpointWriter implements AutoCloseable {
    private final Checkpoints checkpoints;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        final Thread made = new Thread(work, "GradientTape checkpoint");
        made.setDaemon(true);
        return made;
    });
    private Future<Optional<String>> writing;

    /**
     * @param checkpoints closed with this
     */
    CheckpointWriter(final Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    /** Whether one is being written. */
    boolean isBusy() {
        return writing != null && !writing.isDone();
    }

    /** Whether there is a checkpoint of which nobody has asked what went wrong with it. */
    boolean hasWritten() {
        return writing != null;
    }

    /** Begins to write, behind what is being written. */
    void write(final Snapshot snapshot) {
        writing = thread.submit(() -> {
            try {
                checkpoints.write(snapshot);
                return Optional.empty();
            } catch (final IOException | InvalidInputException trouble) {
                return Optional.of(trouble.getMessage());
            } catch (final OutOfMemoryError full) {
                return Optional.of(MemoryNeed.exceeded("The checkpoint", full));
            }
        });
    }

    /** What went wrong with the last one; waits for its end, and may be asked once. */
    Optional<String> trouble() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    final Optional<String> trouble = writing.get();
                    writing = null;
                    return trouble;
                } catch (final InterruptedException later) { // a cancel; what was begun is brought to its end
                    interrupted = true;
                } catch (final ExecutionException defect) {
                    throw new IllegalStateException(defect.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for the end of what is being written. */
    @Override
    public void close() throws IOException {
        try {
            if (hasWritten()) {
                trouble();
            }
        } finally {
            thread.shutdown();
            checkpoints.close();
        }
    }
}
