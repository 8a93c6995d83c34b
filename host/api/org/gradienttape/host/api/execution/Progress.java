package org.gradienttape.host.api.execution;

import java.util.Objects;
import java.util.function.Supplier;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.NodeProgressMonitor;

/** Progress of one node execution, which can be cancelled from any thread. */
public final class Progress implements NodeProgressMonitor {
    private final ProgressListener listener;
    private volatile boolean canceled;
    private double fraction;
    private String message;

    public Progress(final ProgressListener listener) {
        this.listener = Objects.requireNonNull(listener);
    }

    /** A progress that nobody watches. */
    public static Progress unwatched() {
        return new Progress((fraction, message) -> {});
    }

    @Override
    public void checkCanceled() throws CanceledExecutionException {
        if (canceled) {
            throw new CanceledExecutionException("Execution canceled on user request");
        }
    }

    /** From now on {@link #checkCanceled} throws. */
    @Override
    public void setExecuteCanceled() {
        canceled = true;
    }

    public boolean isCanceled() {
        return canceled;
    }

    /** A fraction outside of 0 to 1 is ignored. */
    @Override
    public synchronized void setProgress(final double newFraction) {
        if (newFraction >= 0 && newFraction <= 1) {
            fraction = newFraction;
            listener.progressChanged(fraction, message);
        }
    }

    @Override
    public synchronized void setProgress(final double newFraction, final Supplier<String> newMessage) {
        message = newMessage.get();
        if (newFraction >= 0 && newFraction <= 1) {
            fraction = newFraction;
        }
        listener.progressChanged(fraction, message);
    }

    @Override
    public synchronized void setMessage(final String newMessage) {
        message = newMessage;
        listener.progressChanged(fraction, message);
    }

    @Override
    public synchronized Double getProgress() {
        return fraction;
    }

    @Override
    public synchronized String getMessage() {
        return message;
    }
}
