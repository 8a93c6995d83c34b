package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gradienttape.optimizer.OptimizerConfig;

/**
 * m = beta1 * m + (1 - beta1) * g and v = beta2 * v + (1 - beta2) * g * g, then
 * w = w - rate * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon): Kingma and Ba, 2014, with epsilon where
 * Keras has it.
 */
final class Adam implements Optimizer {
    private final OptimizerConfig.Adam config;
    private final NDManager run;
    private final List<NDArray> weights;
    private final List<NDArray> means;
    private final List<NDArray> squares;
    private final NDArray beta1;
    private final NDArray beta2;
    private final NDArray rest1;
    private final NDArray rest2;
    private final NDArray epsilon;
    private long updates;

    Adam(final OptimizerConfig.Adam config, final List<NDArray> weights, final NDManager run) {
        this.config = config;
        this.run = run;
        this.weights = weights;
        this.means = Optimizer.likeEach(weights, 0, run);
        this.squares = Optimizer.likeEach(weights, 0, run);
        this.beta1 = run.create((float) config.beta1());
        this.beta2 = run.create((float) config.beta2());
        this.rest1 = run.create((float) (1 - config.beta1()));
        this.rest2 = run.create((float) (1 - config.beta2()));
        this.epsilon = run.create((float) config.epsilon());
    }

    @Override
    public void update(final List<NDArray> gradients, final double learningRate) {
        updates++;
        final double correction =
                Math.sqrt(1 - Math.pow(config.beta2(), updates)) / (1 - Math.pow(config.beta1(), updates));
        try (NDArray rate = run.full(new Shape(), (float) (learningRate * correction))) {
            for (int i = 0; i < gradients.size(); i++) {
                update(i, gradients.get(i), rate);
            }
        }
    }

    private void update(final int place, final NDArray gradient, final NDArray rate) {
        final NDArray mean = means.get(place);
        final NDArray square = squares.get(place);
        square.muli(beta2).addi(gradient.square().muli(rest2));
        mean.muli(beta1).addi(gradient.muli(rest1));
        try (NDArray root = square.sqrt();
                NDArray change = mean.div(root.addi(epsilon))) {
            weights.get(place).subi(change.muli(rate));
        }
    }
}
