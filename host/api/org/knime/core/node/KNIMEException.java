package org.knime.core.node;

import org.knime.core.node.message.Message;

/** A problem during execution that the node foresaw; the message is written for the person at the workflow. */
public final class KNIMEException extends Exception {
    private static final long serialVersionUID = 1L;

    public KNIMEException(String message) {
        this(message, null);
    }

    public KNIMEException(String message, Throwable cause) {
        super(message, cause);
    }

    public static KNIMEException of(Message message) {
        return of(message, null);
    }

    public static KNIMEException of(Message message, Throwable cause) {
        return new KNIMEException(message.getSummary(), cause);
    }
}
