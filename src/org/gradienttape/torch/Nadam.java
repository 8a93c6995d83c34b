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
    private final Moments moments;
    private final NDArray epsilon;
    private long updates;
    /** U(t): the product of all momenta so far. */
    private double momentumProduct = 1;

    Nadam(final OptimizerConfig.Nadam config, final List<NDArray> weights, final NDManager run) {
        this.config = config;
        this.run = run;
        this.weights = weights;
        this.moments = new Moments(config.beta1(), config.beta2(), weights, run);
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
                moments.take(i, gradients.get(i));
                try (NDArray corrected = moments.square(i).mul(squareCorrection);
                        NDArray root = corrected.sqrt();
                        NDArray change = moments.mean(i).mul(meanRate)) {
                    change.addi(gradients.get(i).muli(gradientRate)).divi(root.addi(epsilon));
                    weights.get(i).subi(change);
                }
            }
        }
    }

    private double momentum(final long update) {
        return config.beta1() * (1 - 0.5 * Math.pow(SCHEDULE_DECAY, update));
    }
}
