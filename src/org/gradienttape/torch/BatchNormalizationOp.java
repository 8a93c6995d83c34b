package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.gradienttape.layer.NormalizationLayer;

/**
 * Brings each channel to mean 0 and variance 1 over the batch, as Keras 3 does it: the variance divides by the number
 * of values, for the running variance too.
 */
final class BatchNormalizationOp implements LayerOp {
    private static final int[] ROWS = {0};

    private final NormalizationLayer.BatchNormalization layer;
    private final Affine affine;
    private final int movingMean;

    BatchNormalizationOp(final NormalizationLayer.BatchNormalization layer, final LayerOps.Site site) {
        this.layer = layer;
        this.affine = new Affine(layer, site.firstWeight());
        this.movingMean = affine.end();
    }

    @Override
    public NDArray forward(final NDArray input, final ForwardPass pass) {
        final NDArray rows = input.reshape(
                new Shape(-1, input.getShape().get(input.getShape().dimension() - 1)));
        return (pass.isTraining() ? byBatch(rows, pass) : byRunning(rows, pass)).reshape(input.getShape());
    }

    private NDArray byBatch(final NDArray rows, final ForwardPass pass) {
        final NDArray mean = rows.mean(ROWS);
        final NDArray centered = rows.sub(mean);
        final NDArray variance = centered.square().mean(ROWS);
        if (pass.updatesStatistics()) {
            move(pass.weight(movingMean), mean, pass);
            move(pass.weight(movingMean + 1), variance, pass);
        }
        return scaled(centered, variance, pass);
    }

    private NDArray byRunning(final NDArray rows, final ForwardPass pass) {
        return scaled(rows.sub(pass.weight(movingMean)), pass.weight(movingMean + 1), pass);
    }

    private NDArray scaled(final NDArray centered, final NDArray variance, final ForwardPass pass) {
        return affine.apply(
                centered.div(pass.number(layer.epsilon()).add(variance).sqrt()), pass);
    }

    /** running = momentum * running + (1 - momentum) * batch, in place and outside of any tape. */
    private void move(final NDArray running, final NDArray ofBatch, final ForwardPass pass) {
        final NDArray part = ofBatch.stopGradient().mul(pass.number(1 - layer.momentum()));
        running.muli(pass.number(layer.momentum())).addi(part);
    }
}
