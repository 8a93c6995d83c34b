package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import org.gradienttape.step.StepException;
import org.gradienttape.step.Tensor;

/** Reads what a step's code returned. */
final class StepResult {
    private StepResult() {}

    /**
     * A loss as a number.
     *
     * @param name for example "generator's loss"
     */
    static double loss(final String name, final Tensor value) {
        if (value == null) {
            throw new StepException("trainStep must return the " + name + ", but it returned null");
        }
        final NDArray array = EngineTensor.arrayOf(value);
        if (array.size() != 1) {
            throw new StepException("the " + name + " must be one number, but the returned one has the shape "
                    + array.getShape() + "; return its mean() or its sum()");
        }
        return value.item();
    }
}
