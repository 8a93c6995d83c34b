package org.gradienttape.error;

/** Ends a run from within one of its steps. It is no failure of a user's code that it comes through, which does not hear of it. */
public abstract class StepEnd extends RuntimeException {
    private static final long serialVersionUID = 1L;

    protected StepEnd(final String message, final Throwable cause) {
        super(message, cause);
    }
}
