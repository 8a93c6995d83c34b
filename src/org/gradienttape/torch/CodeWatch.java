package org.gradienttape.torch;

import java.util.function.BooleanSupplier;
import org.gradienttape.code.CodePlaces;
import org.gradienttape.code.CodeStop;
import org.gradienttape.tensor.Machine;

/**
 * Looks on while a user's code gives operations: ends the step where the run was cancelled, and names the lines of code. That
 * takes a while, so it happens in steps that are new: the first ones, and those after one that was compiled.
 */
public final class CodeWatch implements Machine.Watch {
    private static final int FIRST_STEPS = 3;

    private final CodePlaces code;
    private final BooleanSupplier stopped;
    private final Computation computation;
    private int steps;
    private int compilations;
    private boolean curious;

    /**
     * @param stopped whether the step has to end in its next operation
     */
    public CodeWatch(final CodePlaces code, final BooleanSupplier stopped, final Computation computation) {
        this.code = code;
        this.stopped = stopped;
        this.computation = computation;
    }

    /** Whether there is any. */
    public boolean hasCode() {
        return !code.isEmpty();
    }

    /** The next step begins. */
    public void begin() {
        final int now = computation.compilations();
        curious = hasCode() && (steps < FIRST_STEPS || now != compilations);
        compilations = now;
        steps++;
    }

    @Override
    public void operation() {
        if (stopped.getAsBoolean()) {
            throw new CodeStop();
        }
    }

    @Override
    public boolean isCurious() {
        return curious;
    }

    @Override
    public String line() {
        return code.line();
    }
}
