package org.knime.core.node;

import java.util.function.Supplier;

/** Progress of a piece of work, and whether it is to go on. */
public interface NodeProgressMonitor {
    void checkCanceled() throws CanceledExecutionException;

    void setExecuteCanceled();

    /** @param progress done, 0 to 1 */
    void setProgress(double progress);

    /** @param progress done, 0 to 1 */
    void setProgress(double progress, Supplier<String> message);

    void setMessage(String message);

    /** What is done, 0 to 1. */
    Double getProgress();

    String getMessage();
}
