package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gradienttape.optimizer.OptimizerConfig;

/** w = w - rate * decay * w, then Adam's update: Loshchilov and Hutter, 2019. All weights decay, as in Keras. */
final class AdamW implements Optimizer {
    private final double weightDecay;
    private final NDManager run;
    private final List<NDArray> weights;
    private final Adam adam;

    AdamW(final OptimizerConfig.AdamW config, final List<NDArray> weights, final NDManager run) {
        this.weightDecay = config.weightDecay();
        this.run = run;
        this.weights = weights;
        this.adam = new Adam(config.adam(), weights, run);
    }

    @Override
    public void update(final List<NDArray> gradients, final double learningRate) {
        try (NDArray share = run.full(new Shape(), (float) (learningRate * weightDecay))) {
            for (final NDArray weight : weights) {
                // Not w * (1 - share): float32 would round the small share away.
                try (NDArray decay = weight.mul(share)) {
                    weight.subi(decay);
                }
            }
        }
        adam.update(gradients, learningRate);
    }
}
