package org.gradienttape.optimizer;

import java.util.List;
import org.gradienttape.tensor.Tensor;

/** The rule of {@link OptimizerConfig.Adam}. */
final class AdamRule implements UpdateRule {
    private final OptimizerConfig.Adam config;
    private double stepSize;

    AdamRule(final OptimizerConfig.Adam config) {
        this.config = config;
    }

    @Override
    public List<State> states() {
        return List.of(new State("mean", 0), new State("square", 0));
    }

    @Override
    public void begin(final int update, final double rate) {
        stepSize = rate * Math.sqrt(1 - Math.pow(config.beta2(), update)) / (1 - Math.pow(config.beta1(), update));
    }

    @Override
    public void change(final Weight weight, final Tensor gradient) {
        final Tensor mean = weight.average("mean", gradient, config.beta1());
        final Tensor square = weight.average("square", gradient.square(), config.beta2());
        weight.subtract(mean.div(square.sqrt().add(config.epsilon())).mul(stepSize));
    }
}
