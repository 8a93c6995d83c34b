package org.knime.core.node;

import java.util.Objects;
import java.util.function.Supplier;
import org.gradienttape.host.api.execution.PartProgress;
import org.gradienttape.host.api.execution.Progress;

/** Through this a node tells its progress and learns that it is cancelled. */
public class ExecutionMonitor {
    private final NodeProgressMonitor progress;

    /** A monitor that nobody watches and nobody cancels. */
    public ExecutionMonitor() {
        this(Progress.unwatched());
    }

    public ExecutionMonitor(final NodeProgressMonitor progress) {
        this.progress = Objects.requireNonNull(progress);
    }

    public final NodeProgressMonitor getProgressMonitor() {
        return progress;
    }

    /** @throws CanceledExecutionException once the person has cancelled: the node is to stop */
    public void checkCanceled() throws CanceledExecutionException {
        progress.checkCanceled();
    }

    /** @param fraction done, 0 to 1 */
    public void setProgress(final double fraction) {
        progress.setProgress(fraction);
    }

    public void setProgress(final double fraction, final String message) {
        progress.setProgress(fraction, () -> message);
    }

    public void setProgress(final double fraction, final Supplier<String> message) {
        progress.setProgress(fraction, message);
    }

    public void setProgress(final String message) {
        progress.setMessage(message);
    }

    public void setMessage(final String message) {
        progress.setMessage(message);
    }

    public void setMessage(final Supplier<String> message) {
        progress.setMessage(message.get());
    }

    /** @param maxProg the share of this monitor's progress that the part makes up, 0 to 1 */
    public ExecutionMonitor createSubProgress(final double maxProg) {
        return new ExecutionMonitor(new PartProgress(progress, maxProg, false));
    }

    /** As {@link #createSubProgress}, but the part's messages are not shown. */
    public ExecutionMonitor createSilentSubProgress(final double maxProg) {
        return new ExecutionMonitor(new PartProgress(progress, maxProg, true));
    }
}
