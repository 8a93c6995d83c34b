package org.gradienttape.host.api.execution;

import java.util.function.Supplier;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.NodeProgressMonitor;

/** Progress of a part of the work: what it advances moves the whole on by its share. */
public final class PartProgress implements NodeProgressMonitor {
    private final NodeProgressMonitor whole;
    private final double share;
    private final boolean silent;
    private double fraction;
    private String message;

    /**
     * @param share of the whole that this part makes up, 0 to 1
     * @param silent whether the messages of this part are kept from the whole
     */
    public PartProgress(final NodeProgressMonitor whole, final double share, final boolean silent) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("Expected a share of the progress from 0 to 1, found " + share + ".");
        }
        this.whole = whole;
        this.share = share;
        this.silent = silent;
    }

    @Override
    public void checkCanceled() throws CanceledExecutionException {
        whole.checkCanceled();
    }

    @Override
    public void setExecuteCanceled() {
        whole.setExecuteCanceled();
    }

    @Override
    public void setProgress(final double newFraction) {
        synchronized (whole) {
            final double bounded = Math.max(0, Math.min(1, newFraction));
            final double advance = (bounded - fraction) * share;
            fraction = bounded;
            whole.setProgress(Math.max(0, Math.min(1, whole.getProgress() + advance)));
        }
    }

    @Override
    public void setProgress(final double newFraction, final Supplier<String> newMessage) {
        setMessage(newMessage.get());
        setProgress(newFraction);
    }

    @Override
    public void setMessage(final String newMessage) {
        message = newMessage;
        if (!silent) {
            whole.setMessage(newMessage);
        }
    }

    @Override
    public Double getProgress() {
        return fraction;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
