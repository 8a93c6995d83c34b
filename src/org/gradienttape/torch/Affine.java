package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import org.gradienttape.layer.NormalizationLayer;

/**
 * gamma * x + beta after a normalization, each only where the layer has it.
 *
 * @param layer the normalization
 * @param first place of the layer's first weight in the network's order
 */
record Affine(NormalizationLayer layer, int first) {
    NDArray apply(final NDArray normalized, final ForwardPass pass) {
        NDArray output = normalized;
        if (layer.scale()) {
            output = output.mul(pass.weight(first));
        }
        if (layer.center()) {
            output = output.add(pass.weight(end() - 1));
        }
        return output;
    }

    /** Place of the first weight after gamma and beta. */
    int end() {
        return first + (layer.scale() ? 1 : 0) + (layer.center() ? 1 : 0);
    }
}
