package org.gradienttape.error;

/**
 * A setting, file or shape that cannot be worked with. The message is one sentence for the person at the dialog: what
 * was expected, what was found, what to do.
 */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidInputException(final String message) {
        super(message);
    }

    public InvalidInputException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
