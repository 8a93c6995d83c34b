package org.gradienttape.code;

/** Ends a step in the middle, since the run was cancelled and the step did not end by itself. */
public final class CodeStop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CodeStop() {
        super("the run was cancelled");
    }
}
