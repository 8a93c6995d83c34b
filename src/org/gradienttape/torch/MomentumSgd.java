package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gradienttape.optimizer.OptimizerConfig;

/** v = momentum * v - rate * g, then w = w + v, or with Nesterov w = w + momentum * v - rate * g. */
final class MomentumSgd implements Optimizer {
    private final OptimizerConfig.Sgd config;
    private final NDManager run;
    private final List<NDArray> weights;
    private final List<NDArray> velocities;
    private final NDArray momentum;

    MomentumSgd(final OptimizerConfig.Sgd config, final List<NDArray> weights, final NDManager run) {
        this.config = config;
        this.run = run;
        this.weights = weights;
        this.velocities = Optimizer.likeEach(weights, 0, run);
        this.momentum = run.create((float) config.momentum());
    }

    @Override
    public void update(final List<NDArray> gradients, final double learningRate) {
        try (NDArray rate = run.full(new Shape(), (float) learningRate)) {
            for (int i = 0; i < gradients.size(); i++) {
                update(weights.get(i), velocities.get(i), gradients.get(i).muli(rate));
            }
        }
    }

    private void update(final NDArray weight, final NDArray velocity, final NDArray change) {
        velocity.muli(momentum).subi(change);
        if (config.nesterov()) {
            try (NDArray ahead = velocity.mul(momentum)) {
                weight.addi(ahead).subi(change);
            }
        } else {
            weight.addi(velocity);
        }
    }
}
