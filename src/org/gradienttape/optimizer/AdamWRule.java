package org.gradienttape.optimizer;

import java.util.List;
import org.gradienttape.tensor.Tensor;

/** The rule of {@link OptimizerConfig.AdamW}: each weight decays, then Adam's rule. */
final class AdamWRule implements UpdateRule {
    private final UpdateRule adam;
    private final double weightDecay;
    private double decay;

    AdamWRule(final OptimizerConfig.AdamW config) {
        this.adam = config.adam().rule();
        this.weightDecay = config.weightDecay();
    }

    @Override
    public List<State> states() {
        return adam.states();
    }

    @Override
    public void begin(final int update, final double rate) {
        decay = rate * weightDecay;
        adam.begin(update, rate);
    }

    @Override
    public void change(final Weight weight, final Tensor gradient) {
        // Not w * (1 - decay): float32 would round the small share away.
        weight.subtract(weight.variable().mul(decay));
        adam.change(weight, gradient);
    }
}
