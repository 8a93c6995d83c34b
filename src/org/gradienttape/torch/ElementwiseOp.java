package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/** A function without weights whose output is as large as its input. */
final class ElementwiseOp implements LayerOp {
    private final UnaryOperator<NDArray> function;

    ElementwiseOp(final UnaryOperator<NDArray> function) {
        this.function = function;
    }

    @Override
    public NDArray forward(final NDArray input, final ForwardPass pass) {
        return function.apply(input);
    }
}
