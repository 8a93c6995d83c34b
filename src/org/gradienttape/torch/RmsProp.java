package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gradienttape.optimizer.OptimizerConfig;

/**
 * v = rho * v + (1 - rho) * g * g, then the step rate * g / sqrt(v + epsilon): Hinton, 2012, with epsilon where Keras
 * has it. Centered, the running mean of g, squared, is taken from v; with momentum, the steps add up.
 */
final class RmsProp implements Optimizer {
    private final OptimizerConfig.RmsProp config;
    private final NDManager run;
    private final List<NDArray> weights;
    private final List<NDArray> squares;
    private final List<NDArray> means;
    private final List<NDArray> velocities;
    private final NDArray rho;
    private final NDArray rest;
    private final NDArray momentum;
    private final NDArray epsilon;

    RmsProp(final OptimizerConfig.RmsProp config, final List<NDArray> weights, final NDManager run) {
        this.config = config;
        this.run = run;
        this.weights = weights;
        this.squares = Optimizer.likeEach(weights, 0, run);
        this.means = config.centered() ? Optimizer.likeEach(weights, 0, run) : List.of();
        this.velocities = config.momentum() > 0 ? Optimizer.likeEach(weights, 0, run) : List.of();
        this.rho = run.create((float) config.rho());
        this.rest = run.create((float) (1 - config.rho()));
        this.momentum = run.create((float) config.momentum());
        this.epsilon = run.create((float) config.epsilon());
    }

    @Override
    public void update(final List<NDArray> gradients, final double learningRate) {
        try (NDArray rate = run.full(new Shape(), (float) learningRate)) {
            for (int i = 0; i < gradients.size(); i++) {
                final NDArray gradient = gradients.get(i);
                squares.get(i).muli(rho).addi(gradient.square().muli(rest));
                try (NDArray spread = spread(i, gradient);
                        NDArray root = spread.sqrt()) {
                    move(i, gradient.muli(rate).divi(root));
                }
            }
        }
    }

    /** What stands below the root. */
    private NDArray spread(final int place, final NDArray gradient) {
        if (!config.centered()) {
            return squares.get(place).add(epsilon);
        }
        final NDArray mean = means.get(place);
        mean.muli(rho).addi(gradient.mul(rest));
        try (NDArray squaredMean = mean.square()) {
            return squares.get(place).sub(squaredMean).addi(epsilon);
        }
    }

    private void move(final int place, final NDArray change) {
        if (config.momentum() > 0) {
            weights.get(place).subi(velocities.get(place).muli(momentum).addi(change));
        } else {
            weights.get(place).subi(change);
        }
    }
}
