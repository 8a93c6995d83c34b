package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import org.gradienttape.layer.Layer;

/** Passes its input on and adds l1 * sum(|x|) + l2 * sum(x * x) over the batch to the loss. */
final class ActivityRegularizationOp implements LayerOp {
    private final Layer.ActivityRegularization layer;

    ActivityRegularizationOp(final Layer.ActivityRegularization layer) {
        this.layer = layer;
    }

    @Override
    public NDArray forward(final NDArray input, final ForwardPass pass) {
        if (layer.l1() > 0) {
            pass.addLoss(input.abs().sum().mul(pass.number(layer.l1())));
        }
        if (layer.l2() > 0) {
            pass.addLoss(input.square().sum().mul(pass.number(layer.l2())));
        }
        return input;
    }
}
