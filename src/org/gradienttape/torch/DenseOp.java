package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import org.gradienttape.layer.Layer;

/** activation(input x kernel + bias): [batch, in] to [batch, units], with the kernel as [in, units] like Keras. */
final class DenseOp implements LayerOp {
    private final Layer.Dense layer;
    private final int kernel;

    DenseOp(final Layer.Dense layer, final LayerOps.Site site) {
        this.layer = layer;
        this.kernel = site.firstWeight();
    }

    @Override
    public NDArray forward(final NDArray input, final ForwardPass pass) {
        NDArray output = input.matMul(pass.weight(kernel));
        if (layer.useBias()) {
            output = output.addi(pass.weight(kernel + 1));
        }
        return Activations.apply(layer.activation(), output);
    }
}
