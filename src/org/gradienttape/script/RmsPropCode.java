package org.gradienttape.script;

import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.optimizer.OptimizerConfig;

/** The rule of {@link OptimizerConfig.RmsProp}. */
final class RmsPropCode implements OptimizerCode {
    private static final String SQUARE = "square";
    private static final String MEAN = "mean";
    private static final String VELOCITY = "velocity";

    private final OptimizerConfig.RmsProp config;

    RmsPropCode(final OptimizerConfig.RmsProp config) {
        this.config = config;
    }

    @Override
    public List<ScriptTensor> state(final List<ScriptTensor> trainable) {
        return OptimizerCode.zeros(
                trainable,
                Stream.of(SQUARE, config.centered() ? MEAN : "", config.momentum() > 0 ? VELOCITY : "")
                        .filter(name -> !name.isEmpty())
                        .toArray(String[]::new));
    }

    @Override
    public void begin(final Body body) {
        // The learning rate is all it needs.
    }

    @Override
    public void update(final Body body, final String weight, final String gradient) {
        final String square = "self." + weight + "_" + SQUARE;
        OptimizerCode.averageSquares(body, square, gradient, config.rho());
        String spread = square;
        if (config.centered()) {
            final String mean = "self." + weight + "_" + MEAN;
            OptimizerCode.average(body, mean, gradient, config.rho());
            spread = "torch.sub(" + square + ", torch.square(" + mean + "))";
        }
        final String root = "torch.sqrt_(torch.add(" + spread + ", " + Body.number(config.epsilon()) + "))";
        if (config.momentum() == 0) {
            body.line("torch.addcdiv_(self." + weight + ", " + gradient + ", " + root + ", value=-rate)");
            return;
        }
        final String velocity = "self." + weight + "_" + VELOCITY;
        body.line("torch.mul_(" + velocity + ", " + Body.number(config.momentum()) + ")");
        body.line("torch.addcdiv_(" + velocity + ", " + gradient + ", " + root + ", value=rate)");
        body.line("torch.sub_(self." + weight + ", " + velocity + ")");
    }
}
