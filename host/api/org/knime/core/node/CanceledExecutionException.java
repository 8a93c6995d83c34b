package org.knime.core.node;

/** Thrown out of a node's execution once the person has cancelled it. */
public class CanceledExecutionException extends Exception {
    private static final long serialVersionUID = 1L;

    public CanceledExecutionException() {
        this("Execution canceled");
    }

    public CanceledExecutionException(final String message) {
        super(message);
    }
}
