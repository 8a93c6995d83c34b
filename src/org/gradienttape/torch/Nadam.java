package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gradienttape.optimizer.OptimizerConfig;

/**
 * Adam with Nesterov momentum: Dozat, 2015, with the momentum's schedule u(t) = beta1 * (1 - 0.96^t / 2) as in Keras.
 * {@link OptimizerConfig.Nadam} has the formula.
 */
final class Nadam implements Optimizer {
    private static final double SCHEDULE_DECAY = 0.96;

    private final OptimizerConfig.Nadam config;
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
    /** U(t): the product of all momenta so far. */
    private double momentumProduct = 1;

    Nadam(final OptimizerConfig.Nadam config, final List<NDArray> weights, final NDManager run) {
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
        final double now = momentum(updates);
        final double next = momentum(updates + 1);
        momentumProduct *= now;
        final double ofMean = learningRate * next / (1 - momentumProduct * next);
        final double ofGradient = learningRate * (1 - now) / (1 - momentumProduct);
        final double correction = 1 / (1 - Math.pow(config.beta2(), updates));
        try (NDArray meanRate = run.full(new Shape(), (float) ofMean);
                NDArray gradientRate = run.full(new Shape(), (float) ofGradient);
                NDArray squareCorrection = run.full(new Shape(), (float) correction)) {
            for (int i = 0; i < gradients.size(); i++) {
                average(i, gradients.get(i));
                try (NDArray corrected = squares.get(i).mul(squareCorrection);
                        NDArray root = corrected.sqrt();
                        NDArray change = means.get(i).mul(meanRate)) {
                    change.addi(gradients.get(i).muli(gradientRate)).divi(root.addi(epsilon));
                    weights.get(i).subi(change);
                }
            }
        }
    }

    private void average(final int place, final NDArray gradient) {
        squares.get(place).muli(beta2).addi(gradient.square().muli(rest2));
        means.get(place).muli(beta1).addi(gradient.mul(rest1));
    }

    private double momentum(final long update) {
        return config.beta1() * (1 - 0.5 * Math.pow(SCHEDULE_DECAY, update));
    }
}
