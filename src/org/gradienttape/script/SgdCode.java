package org.gradienttape.script;

import java.util.List;
import org.gradienttape.optimizer.OptimizerConfig;

/** The rules of {@link OptimizerConfig.Sgd}: without momentum there is no velocity. */
final class SgdCode implements OptimizerCode {
    private static final String VELOCITY = "velocity";

    private final OptimizerConfig.Sgd config;

    SgdCode(final OptimizerConfig.Sgd config) {
        this.config = config;
    }

    @Override
    public List<ScriptTensor> state(final List<ScriptTensor> trainable) {
        return config.momentum() == 0 ? List.of() : OptimizerCode.zeros(trainable, VELOCITY);
    }

    @Override
    public void begin(final Body body) {
        // The learning rate is all it needs.
    }

    @Override
    public void update(final Body body, final String weight, final String gradient) {
        final String descent = "torch.add_(self.%s, " + gradient + ", alpha=-rate)";
        if (config.momentum() == 0) {
            body.line(String.format(descent, weight));
            return;
        }
        final String velocity = weight + "_" + VELOCITY;
        final String momentum = Body.number(config.momentum());
        body.line("torch.mul_(self." + velocity + ", " + momentum + ")");
        body.line(String.format(descent, velocity));
        if (config.nesterov()) {
            body.line("torch.add_(self." + weight + ", self." + velocity + ", alpha=" + momentum + ")");
            body.line(String.format(descent, weight));
        } else {
            body.line("torch.add_(self." + weight + ", self." + velocity + ")");
        }
    }
}
