package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import org.gradienttape.layer.NormalizationLayer;

/** Brings the numbers along the last axis to mean 0 and variance 1; the variance divides by how many there are. */
final class LayerNormalizationOp implements LayerOp {
    private static final int[] LAST_AXIS = {-1};

    private final NormalizationLayer.LayerNormalization layer;
    private final Affine affine;

    LayerNormalizationOp(final NormalizationLayer.LayerNormalization layer, final LayerOps.Site site) {
        this.layer = layer;
        this.affine = new Affine(layer, site.firstWeight());
    }

    @Override
    public NDArray forward(final NDArray input, final ForwardPass pass) {
        final NDArray centered = input.sub(input.mean(LAST_AXIS, true));
        final NDArray variance = centered.square().mean(LAST_AXIS, true);
        return affine.apply(
                centered.div(variance.add(pass.number(layer.epsilon())).sqrt()), pass);
    }
}
