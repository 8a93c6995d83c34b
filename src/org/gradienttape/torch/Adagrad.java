package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gradienttape.optimizer.OptimizerConfig;

/** a = a + g * g, then w = w - rate * g / sqrt(a + epsilon): Duchi, Hazan and Singer, 2011, as in Keras. */
final class Adagrad implements Optimizer {
    private final NDManager run;
    private final List<NDArray> weights;
    private final List<NDArray> accumulators;
    private final NDArray epsilon;

    Adagrad(final OptimizerConfig.Adagrad config, final List<NDArray> weights, final NDManager run) {
        this.run = run;
        this.weights = weights;
        this.accumulators = Optimizer.likeEach(weights, config.initialAccumulator(), run);
        this.epsilon = run.create((float) config.epsilon());
    }

    @Override
    public void update(final List<NDArray> gradients, final double learningRate) {
        try (NDArray rate = run.full(new Shape(), (float) learningRate)) {
            for (int i = 0; i < gradients.size(); i++) {
                final NDArray gradient = gradients.get(i);
                final NDArray accumulator = accumulators.get(i).addi(gradient.square());
                try (NDArray spread = accumulator.add(epsilon);
                        NDArray root = spread.sqrt()) {
                    weights.get(i).subi(gradient.muli(rate).divi(root));
                }
            }
        }
    }
}
