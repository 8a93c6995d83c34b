package org.gradienttape.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/** The rule of {@link OptimizerConfig.RmsProp}. */
final class RmsPropRule implements UpdateRule {
    private final OptimizerConfig.RmsProp config;
    private double rate;

    RmsPropRule(final OptimizerConfig.RmsProp config) {
        this.config = config;
    }

    @Override
    public List<State> states() {
        final List<State> states = new ArrayList<>(List.of(new State("square", 0)));
        if (config.centered()) {
            states.add(new State("mean", 0));
        }
        if (config.momentum() > 0) {
            states.add(new State("velocity", 0));
        }
        return states;
    }

    @Override
    public void begin(final int update, final double learningRate) {
        rate = learningRate;
    }

    @Override
    public void change(final Weight weight, final Tensor gradient) {
        Tensor spread = weight.average("square", gradient.square(), config.rho());
        if (config.centered()) {
            spread = spread.sub(weight.average("mean", gradient, config.rho()).square());
        }
        final Tensor step = gradient.div(spread.add(config.epsilon()).sqrt()).mul(rate);
        if (config.momentum() == 0) {
            weight.subtract(step);
            return;
        }
        final Variable velocity = weight.state("velocity");
        velocity.assign(velocity.mul(config.momentum()).add(step));
        weight.subtract(velocity);
    }
}
