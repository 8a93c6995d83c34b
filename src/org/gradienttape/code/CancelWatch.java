package org.gradienttape.code;

import java.util.function.BooleanSupplier;
import org.gradienttape.tensor.Machine;

/**
 * Ends a user's code in its next operation on a tensor.
 *
 * @param stopped whether it has to end
 */
public record CancelWatch(BooleanSupplier stopped) implements Machine.Watch {
    @Override
    public void operation() {
        if (stopped.getAsBoolean()) {
            throw new CodeStop();
        }
    }
}
