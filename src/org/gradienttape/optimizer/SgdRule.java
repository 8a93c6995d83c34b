package org.gradienttape.optimizer;

import java.util.List;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/** The rules of {@link OptimizerConfig.Sgd}: without momentum there is no velocity. */
final class SgdRule implements UpdateRule {
    private final OptimizerConfig.Sgd config;
    private double rate;

    SgdRule(final OptimizerConfig.Sgd config) {
        this.config = config;
    }

    @Override
    public List<State> states() {
        return config.momentum() == 0 ? List.of() : List.of(new State("velocity", 0));
    }

    @Override
    public void begin(final int update, final double learningRate) {
        rate = learningRate;
    }

    @Override
    public void change(final Weight weight, final Tensor gradient) {
        if (config.momentum() == 0) {
            weight.subtract(gradient.mul(rate));
            return;
        }
        final Variable velocity = weight.state("velocity");
        velocity.assign(velocity.mul(config.momentum()).sub(gradient.mul(rate)));
        final Variable w = weight.variable();
        w.assign(config.nesterov() ? w.add(velocity.mul(config.momentum())).sub(gradient.mul(rate)) : w.add(velocity));
    }
}
