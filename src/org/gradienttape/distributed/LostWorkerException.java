package org.gradienttape.distributed;

/** A worker is gone or does not answer, so the run cannot go on; it can from its last checkpoint. */
public final class LostWorkerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LostWorkerException(final String message) {
        super(message);
    }

    public LostWorkerException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
