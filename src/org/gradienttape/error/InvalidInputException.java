package org.gradienttape.error;

/**
 * A setting, file or shape that cannot be worked with. The message is one sentence for the person at the dialog: what
 * was expected, what was found, what to do; what it quotes is shortened.
 */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidInputException(final String message) {
        super(Sentence.readable(message));
    }

    public InvalidInputException(final String message, final Throwable cause) {
        super(Sentence.readable(message), cause);
    }
}
