package org.gradienttape.step;

/** Something that a step may not do; the message says what was expected, what was found and what to do. */
public final class StepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StepException(final String message) {
        super(message);
    }
}
