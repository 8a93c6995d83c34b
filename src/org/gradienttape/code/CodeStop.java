package org.gradienttape.code;

import org.gradienttape.error.StepEnd;

/** Ends a step in the middle, since the run was cancelled and the step did not end by itself. */
public final class CodeStop extends StepEnd {
    private static final long serialVersionUID = 1L;

    public CodeStop() {
        super("the run was cancelled", null);
    }
}
