package org.gradienttape.script;

import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.optimizer.OptimizerConfig;

/** The rule of {@link OptimizerConfig.Adam}. */
final class AdamCode implements OptimizerCode {
    private static final String MEAN = "mean";
    private static final String SQUARE = "square";

    private final OptimizerConfig.Adam config;
    private final String updates;

    AdamCode(final OptimizerConfig.Adam config, final String prefix) {
        this.config = config;
        this.updates = prefix + "updates";
    }

    @Override
    public List<ScriptTensor> state(final List<ScriptTensor> trainable) {
        return Stream.concat(
                        Stream.of(OptimizerCode.number(updates, 0)),
                        OptimizerCode.zeros(trainable, MEAN, SQUARE).stream())
                .toList();
    }

    @Override
    public void begin(final Body body) {
        final String count = body.let("count", "float(torch.add_(self." + updates + ", 1))");
        body.let(
                "step_size",
                "rate * torch.sqrt(1. - " + Body.number(config.beta2()) + " ** " + count + ") / (1. - "
                        + Body.number(config.beta1()) + " ** " + count + ")");
    }

    @Override
    public void update(final Body body, final String weight, final String gradient) {
        final String mean = "self." + weight + "_" + MEAN;
        final String square = "self." + weight + "_" + SQUARE;
        OptimizerCode.averageSquares(body, square, gradient, config.beta2());
        OptimizerCode.average(body, mean, gradient, config.beta1());
        body.line("torch.addcdiv_(self." + weight + ", " + mean + ", torch.add_(torch.sqrt(" + square + "), "
                + Body.number(config.epsilon()) + "), value=-step_size)");
    }
}
