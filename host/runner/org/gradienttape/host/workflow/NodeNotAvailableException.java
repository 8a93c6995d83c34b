package org.gradienttape.host.workflow;

/** Says that a node's factory is not installed or cannot be used. */
public final class NodeNotAvailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public NodeNotAvailableException(final String message) {
        super(message);
    }

    public NodeNotAvailableException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
