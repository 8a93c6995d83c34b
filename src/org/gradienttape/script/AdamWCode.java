package org.gradienttape.script;

import java.util.List;
import org.gradienttape.optimizer.OptimizerConfig;

/** The rule of {@link OptimizerConfig.AdamW}: each weight decays, then Adam's rule. */
final class AdamWCode implements OptimizerCode {
    private final OptimizerConfig.AdamW config;
    private final AdamCode adam;

    AdamWCode(final OptimizerConfig.AdamW config, final String prefix) {
        this.config = config;
        this.adam = new AdamCode(config.adam(), prefix);
    }

    @Override
    public List<ScriptTensor> state(final List<ScriptTensor> trainable) {
        return adam.state(trainable);
    }

    @Override
    public void begin(final Body body) {
        body.let("decay", "rate * " + Body.number(config.weightDecay()));
        adam.begin(body);
    }

    @Override
    public void update(final Body body, final String weight, final String gradient) {
        // Not w * (1 - decay): float32 would round the small share away.
        body.line("torch.add_(self." + weight + ", self." + weight + ", alpha=-decay)");
        adam.update(body, weight, gradient);
    }
}
