package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.gradienttape.optimizer.OptimizerConfig;

/** w = w - rate * g. */
final class Sgd implements Optimizer {
    private final OptimizerConfig.Sgd config;
    private final List<NDArray> weights;
    private final NDArray rate;

    Sgd(final OptimizerConfig.Sgd config, final List<NDArray> weights, final NDManager run) {
        this.config = config;
        this.weights = weights;
        this.rate = run.create((float) config.learningRate());
    }

    @Override
    public void update(final List<NDArray> gradients) {
        for (int i = 0; i < gradients.size(); i++) {
            weights.get(i).subi(gradients.get(i).muli(rate));
        }
    }

    @Override
    public double learningRate() {
        return config.learningRate();
    }
}
