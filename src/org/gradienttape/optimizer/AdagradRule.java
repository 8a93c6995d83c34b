package org.gradienttape.optimizer;

import java.util.List;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/** The rule of {@link OptimizerConfig.Adagrad}. */
final class AdagradRule implements UpdateRule {
    private final OptimizerConfig.Adagrad config;
    private double rate;

    AdagradRule(final OptimizerConfig.Adagrad config) {
        this.config = config;
    }

    @Override
    public List<State> states() {
        return List.of(new State("accumulator", config.initialAccumulator()));
    }

    @Override
    public void begin(final int update, final double learningRate) {
        rate = learningRate;
    }

    @Override
    public void change(final Weight weight, final Tensor gradient) {
        final Variable accumulator = weight.state("accumulator");
        accumulator.assign(accumulator.add(gradient.square()));
        weight.subtract(gradient.div(accumulator.add(config.epsilon()).sqrt()).mul(rate));
    }
}
