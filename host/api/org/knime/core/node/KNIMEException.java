package org.knime.core.node;

/** A problem during execution that the node foresaw; the message is written for the person at the workflow. */
public final class KNIMEException extends Exception {
    private static final long serialVersionUID = 1L;

    public KNIMEException(final String message) {
        this(message, null);
    }

    public KNIMEException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
