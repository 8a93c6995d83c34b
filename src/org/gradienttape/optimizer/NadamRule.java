package org.gradienttape.optimizer;

import java.util.List;
import org.gradienttape.tensor.Tensor;

/** The rule of {@link OptimizerConfig.Nadam}. */
final class NadamRule implements UpdateRule {
    private final OptimizerConfig.Nadam config;
    /** u(1) * ... * u(updates). */
    private double product = 1;

    private int updates;
    private double meanRate;
    private double gradientRate;
    private double correction;

    NadamRule(final OptimizerConfig.Nadam config) {
        this.config = config;
    }

    @Override
    public List<State> states() {
        return List.of(new State("mean", 0), new State("square", 0));
    }

    @Override
    public void begin(final int update, final double rate) {
        while (updates < update) { // all that were before, also where a run goes on
            product *= momentum(++updates);
        }
        final double next = momentum(update + 1);
        meanRate = rate * next / (1 - product * next);
        gradientRate = rate * (1 - momentum(update)) / (1 - product);
        correction = 1 / (1 - Math.pow(config.beta2(), update));
    }

    /** u(t) = beta1 * (1 - 0.96^t / 2). */
    private double momentum(final int update) {
        return config.beta1() * (1 - 0.5 * Math.pow(0.96, update));
    }

    @Override
    public void change(final Weight weight, final Tensor gradient) {
        final Tensor mean = weight.average("mean", gradient, config.beta1());
        final Tensor square = weight.average("square", gradient.square(), config.beta2());
        final Tensor root = square.mul(correction).sqrt().add(config.epsilon());
        weight.subtract(mean.div(root).mul(meanRate));
        weight.subtract(gradient.div(root).mul(gradientRate));
    }
}
