package org.gradienttape.distributed;

import org.gradienttape.error.StepEnd;

/** A worker is gone or does not answer, so the run cannot go on; it can from its last checkpoint. */
public final class LostWorkerException extends StepEnd {
    private static final long serialVersionUID = 1L;

    public LostWorkerException(final String message) {
        super(message, null);
    }

    public LostWorkerException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
