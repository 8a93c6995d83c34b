package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gradienttape.optimizer.OptimizerConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each optimizer against Keras' formula, written down once more for a single weight in double precision, over 60 updates
 * with random gradients and a learning rate that changes at each.
 */
class OptimizerRulesTest {
    private static final int UPDATES = 60;

    /** One weight's rule. Each call is one update. */
    @FunctionalInterface
    private interface Rule {
        double change(double weight, double gradient, double rate);
    }

    static Stream<Arguments> optimizers() {
        return Stream.of(
                Arguments.of(new OptimizerConfig.Sgd(1), (Rule) (weight, gradient, rate) -> -rate * gradient),
                Arguments.of(new OptimizerConfig.Sgd(1, 0.9, true), new Nesterov()),
                Arguments.of(new OptimizerConfig.Adam(1, 0.8, 0.95, 1e-3), new AdamRule(0, 0.8, 0.95, 1e-3)),
                Arguments.of(new OptimizerConfig.AdamW(1, 0.1, 0.8, 0.95, 1e-3), new AdamRule(0.1, 0.8, 0.95, 1e-3)),
                Arguments.of(new OptimizerConfig.Nadam(1, 0.8, 0.95, 1e-3), new NadamRule(0.8, 0.95, 1e-3)),
                Arguments.of(new OptimizerConfig.RmsProp(1, 0.8, 0, 1e-3, false), new RmsRule(0.8, 0, 1e-3, 0)),
                Arguments.of(new OptimizerConfig.RmsProp(1, 0.8, 0.7, 1e-3, true), new RmsRule(0.8, 0.7, 1e-3, 1)),
                Arguments.of(new OptimizerConfig.Adagrad(1, 0.2, 1e-3), new AdagradRule(0.2, 1e-3)));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void agreesWithTheFormula(final OptimizerConfig config, final Rule rule) {
        final SplittableRandom random = new SplittableRandom(1);
        double expected = 1;
        try (NDManager run = TorchEngine.start().newManager(TestDevice.arrays())) {
            final NDArray weight = run.create(new float[] {1});
            final Optimizer optimizer = Optimizer.of(config, List.of(weight), run);
            final int before = NativeArrays.count();
            for (int update = 0; update < UPDATES; update++) {
                final double gradient = (float) random.nextDouble(-1, 1);
                final double rate = 0.05 / (1 + update);
                expected += rule.change(expected, gradient, rate);
                try (NDManager step = run.newSubManager()) {
                    optimizer.update(List.of(step.create(new float[] {(float) gradient})), rate);
                }
                assertThat((double) HostCopy.floats(weight)[0])
                        .as("update %d", update)
                        .isCloseTo(expected, within(2e-6));
            }
            assertThat(NativeArrays.count()).isEqualTo(before);
        }
    }

    private static final class Nesterov implements Rule {
        private double velocity;

        @Override
        public double change(final double weight, final double gradient, final double rate) {
            velocity = 0.9 * velocity - rate * gradient;
            return 0.9 * velocity - rate * gradient;
        }
    }

    private static final class AdamRule implements Rule {
        private final double decay;
        private final double beta1;
        private final double beta2;
        private final double epsilon;
        private double mean;
        private double square;
        private int updates;

        AdamRule(final double decay, final double beta1, final double beta2, final double epsilon) {
            this.decay = decay;
            this.beta1 = beta1;
            this.beta2 = beta2;
            this.epsilon = epsilon;
        }

        @Override
        public double change(final double weight, final double gradient, final double rate) {
            updates++;
            mean += (gradient - mean) * (1 - beta1);
            square += (gradient * gradient - square) * (1 - beta2);
            final double alpha = rate * Math.sqrt(1 - Math.pow(beta2, updates)) / (1 - Math.pow(beta1, updates));
            return -weight * decay * rate - mean * alpha / (Math.sqrt(square) + epsilon);
        }
    }

    private static final class NadamRule implements Rule {
        private final double beta1;
        private final double beta2;
        private final double epsilon;
        private double mean;
        private double square;
        private double product = 1;
        private int updates;

        NadamRule(final double beta1, final double beta2, final double epsilon) {
            this.beta1 = beta1;
            this.beta2 = beta2;
            this.epsilon = epsilon;
        }

        @Override
        public double change(final double weight, final double gradient, final double rate) {
            updates++;
            final double now = beta1 * (1 - 0.5 * Math.pow(0.96, updates));
            final double next = beta1 * (1 - 0.5 * Math.pow(0.96, updates + 1));
            product *= now;
            mean += (gradient - mean) * (1 - beta1);
            square += (gradient * gradient - square) * (1 - beta2);
            final double meanHat = next * mean / (1 - product * next) + (1 - now) * gradient / (1 - product);
            final double squareHat = square / (1 - Math.pow(beta2, updates));
            return -meanHat * rate / (Math.sqrt(squareHat) + epsilon);
        }
    }

    private static final class RmsRule implements Rule {
        private final double rho;
        private final double momentum;
        private final double epsilon;
        private final double centered;
        private double square;
        private double mean;
        private double velocity;

        /**
         * @param centered 1 for yes, 0 for no
         */
        RmsRule(final double rho, final double momentum, final double epsilon, final double centered) {
            this.rho = rho;
            this.momentum = momentum;
            this.epsilon = epsilon;
            this.centered = centered;
        }

        @Override
        public double change(final double weight, final double gradient, final double rate) {
            square = rho * square + (1 - rho) * gradient * gradient;
            mean = rho * mean + (1 - rho) * gradient;
            velocity = momentum * velocity + rate * gradient / Math.sqrt(square - centered * mean * mean + epsilon);
            return -velocity;
        }
    }

    private static final class AdagradRule implements Rule {
        private final double epsilon;
        private double accumulator;

        AdagradRule(final double initial, final double epsilon) {
            this.accumulator = initial;
            this.epsilon = epsilon;
        }

        @Override
        public double change(final double weight, final double gradient, final double rate) {
            accumulator += gradient * gradient;
            return -rate * gradient / Math.sqrt(accumulator + epsilon);
        }
    }
}
