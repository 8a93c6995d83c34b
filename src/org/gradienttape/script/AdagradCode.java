package org.gradienttape.script;

import java.util.List;
import org.gradienttape.optimizer.OptimizerConfig;

/** The rule of {@link OptimizerConfig.Adagrad}. */
final class AdagradCode implements OptimizerCode {
    private static final String ACCUMULATOR = "accumulator";

    private final OptimizerConfig.Adagrad config;

    AdagradCode(final OptimizerConfig.Adagrad config) {
        this.config = config;
    }

    @Override
    public List<ScriptTensor> state(final List<ScriptTensor> trainable) {
        return trainable.stream()
                .map(weight -> OptimizerCode.like(weight, ACCUMULATOR, config.initialAccumulator()))
                .toList();
    }

    @Override
    public void begin(final Body body) {
        // The learning rate is all it needs.
    }

    @Override
    public void update(final Body body, final String weight, final String gradient) {
        final String accumulator = "self." + weight + "_" + ACCUMULATOR;
        body.line("torch.addcmul_(" + accumulator + ", " + gradient + ", " + gradient + ")");
        body.line("torch.addcdiv_(self." + weight + ", " + gradient + ", torch.sqrt_(torch.add(" + accumulator + ", "
                + Body.number(config.epsilon()) + ")), value=-rate)");
    }
}
