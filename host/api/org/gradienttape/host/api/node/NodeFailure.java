package org.gradienttape.host.api.node;

/** A node that failed; the message is what the person sees on the node, the cause what the node threw, if it threw. */
public final class NodeFailure extends Exception {

    private static final long serialVersionUID = 1L;

    public NodeFailure(final String message) {
        super(message);
    }

    public NodeFailure(final String message, final Throwable cause) {
        super(message, cause);
    }
}
