package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gradienttape.optimizer.OptimizerConfig;

/**
 * w = w - rate * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon) with the {@link Moments} m and v: Kingma and
 * Ba, 2014, with epsilon where Keras has it.
 */
final class Adam implements Optimizer {
    private final OptimizerConfig.Adam config;
    private final NDManager run;
    private final List<NDArray> weights;
    private final Moments moments;
    private final NDArray epsilon;
    private long updates;

    Adam(final OptimizerConfig.Adam config, final List<NDArray> weights, final NDManager run) {
        this.config = config;
        this.run = run;
        this.weights = weights;
        this.moments = new Moments(config.beta1(), config.beta2(), weights, run);
        this.epsilon = run.create((float) config.epsilon());
    }

    @Override
    public void update(final List<NDArray> gradients, final double learningRate) {
        updates++;
        final double correction =
                Math.sqrt(1 - Math.pow(config.beta2(), updates)) / (1 - Math.pow(config.beta1(), updates));
        try (NDArray rate = run.full(new Shape(), (float) (learningRate * correction))) {
            for (int i = 0; i < gradients.size(); i++) {
                moments.take(i, gradients.get(i));
                try (NDArray root = moments.square(i).sqrt();
                        NDArray change = moments.mean(i).div(root.addi(epsilon))) {
                    weights.get(i).subi(change.muli(rate));
                }
            }
        }
    }
}
