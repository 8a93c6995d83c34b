package org.gradienttape.script;

import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.optimizer.OptimizerConfig;

/** The rule of {@link OptimizerConfig.Nadam}. */
final class NadamCode implements OptimizerCode {
    private static final String MEAN = "mean";
    private static final String SQUARE = "square";

    private final OptimizerConfig.Nadam config;
    private final String updates;
    private final String momentumProduct;

    NadamCode(final OptimizerConfig.Nadam config, final String prefix) {
        this.config = config;
        this.updates = prefix + "updates";
        this.momentumProduct = prefix + "momentum_product";
    }

    @Override
    public List<ScriptTensor> state(final List<ScriptTensor> trainable) {
        return Stream.concat(
                        Stream.of(OptimizerCode.number(updates, 0), OptimizerCode.number(momentumProduct, 1)),
                        OptimizerCode.zeros(trainable, MEAN, SQUARE).stream())
                .toList();
    }

    @Override
    public void begin(final Body body) {
        body.let("count", "float(torch.add_(self." + updates + ", 1))");
        body.let("momentum", momentum("count"));
        body.let("next_momentum", momentum("(count + 1.)"));
        body.let("product", "float(torch.mul_(self." + momentumProduct + ", momentum))");
        body.let("mean_rate", "rate * next_momentum / (1. - product * next_momentum)");
        body.let("gradient_rate", "rate * (1. - momentum) / (1. - product)");
        body.let("correction", "1. / (1. - " + Body.number(config.beta2()) + " ** count)");
    }

    @Override
    public void update(final Body body, final String weight, final String gradient) {
        final String mean = "self." + weight + "_" + MEAN;
        final String square = "self." + weight + "_" + SQUARE;
        OptimizerCode.averageSquares(body, square, gradient, config.beta2());
        OptimizerCode.average(body, mean, gradient, config.beta1());
        final String root = body.let(
                weight + "_root",
                "torch.add_(torch.sqrt(torch.mul(" + square + ", correction)), " + Body.number(config.epsilon()) + ")");
        body.line("torch.addcdiv_(self." + weight + ", " + mean + ", " + root + ", value=-mean_rate)");
        body.line("torch.addcdiv_(self." + weight + ", " + gradient + ", " + root + ", value=-gradient_rate)");
    }

    /** u(t) = beta1 * (1 - 0.96^t / 2). */
    private String momentum(final String count) {
        return Body.number(config.beta1()) + " * (1. - 0.5 * 0.96 ** " + count + ")";
    }
}
