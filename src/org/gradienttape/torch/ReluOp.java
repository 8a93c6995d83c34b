package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import org.gradienttape.layer.Activation;

/** max(x, 0), element by element. */
final class ReluOp implements LayerOp {
    @Override
    public NDArray forward(final NDArray input, final ForwardPass pass) {
        return Activations.apply(Activation.RELU, input);
    }
}
