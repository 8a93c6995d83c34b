package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gradienttape.optimizer.OptimizerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Optimizers against figures worked out by hand from Keras' rules (one weight of 1 with the gradient 0.5 at each update),
 * against Keras' own tables, and against Keras' formulas, written down once more for a single weight in double precision,
 * over 60 updates with random gradients and a learning rate that changes at each.
 */
abstract class OptimizerValues {
    private static final double TOLERANCE = 2e-7;

    @Test
    void sgd() {
        assertWeights(new OptimizerConfig.Sgd(0.1), 0.95, 0.9);
    }

    /** v = -0.05, then 0.9 * -0.05 - 0.05 = -0.095. */
    @Test
    void momentum() {
        assertWeights(new OptimizerConfig.Sgd(0.1, 0.9, false), 0.95, 0.855);
    }

    /** w = 1 + 0.9 * -0.05 - 0.05 = 0.905, then 0.905 + 0.9 * -0.095 - 0.05 = 0.7695. */
    @Test
    void nesterov() {
        assertWeights(new OptimizerConfig.Sgd(0.1, 0.9, true), 0.905, 0.7695);
    }

    /**
     * With constant gradients both corrected means are exact, so that each update is rate but for epsilon:
     * 0.1 / (1 + 1e-7 / sqrt(0.00025)) = 0.09999937, then 0.1 / (1 + 1e-7 / sqrt(0.00049975)) = 0.09999955.
     */
    @Test
    void adam() {
        assertWeights(new OptimizerConfig.Adam(0.1), 0.90000063, 0.80000108);
    }

    /**
     * With an epsilon of 1 its place shows: m = 0.05, v = 0.00025, rate * sqrt(0.001) / 0.1 = 0.0316228, so
     * w = 1 - 0.0316228 * 0.05 / (0.0158114 + 1) = 0.9984435.
     */
    @Test
    void adamAddsEpsilonToTheUncorrectedRoot() {
        assertWeights(new OptimizerConfig.Adam(0.1, 0.9, 0.999, 1), 0.9984435);
    }

    /** Keras' own test of RMSprop(centered=True), keras/src/optimizers/rmsprop_test.py: the first two elements. */
    @Test
    void centeredRmsPropMeetsKerasTable() {
        assertKerasTable(new OptimizerConfig.RmsProp(1e-3, 0.9, 0, 1e-7, true), new double[][] {
            {0.9967, 0.9967}, {0.9933, 0.9933}, {0.9908, 0.9908}, {0.9885, 0.9885}, {0.9864, 0.9864}
        });
    }

    /** keras/src/optimizers/adagrad_test.py. */
    @Test
    void adagradMeetsKerasTable() {
        assertKerasTable(new OptimizerConfig.Adagrad(0.2, 0.3, 1e-6), new double[][] {
            {0.9963, 0.9963}, {0.9604, 0.8209}, {0.9251, 0.6891}, {0.8903, 0.579}, {0.856, 0.4825}
        });
    }

    /** keras/src/optimizers/adamw_test.py. */
    @Test
    void adamWMeetsKerasTable() {
        assertKerasTable(new OptimizerConfig.AdamW(1, 0.5, 0.9, 0.999, 2), new double[][] {
            {0.4998, 0.4998}, {0.2486, 0.2382}, {0.1223, 0.1003}, {0.0586, 0.0258}, {0.0263, -0.0159}
        });
    }

    /** keras/src/optimizers/nadam_test.py. */
    @Test
    void nadamMeetsKerasTable() {
        assertKerasTable(new OptimizerConfig.Nadam(0.5, 0.5, 0.67, 1e-5), new double[][] {
            {0.4281, 0.4281}, {-0.1738, -0.1717}, {-0.7115, -0.7084}, {-1.2335, -1.2299}, {-1.7492, -1.7454}
        });
    }

    /**
     * Two weights of 1 that get the gradient 0.01 first and 0.1 and 1 from then on.
     *
     * @param table weights after each update, rounded to four digits
     */
    private void assertKerasTable(final OptimizerConfig config, final double[][] table) {
        final List<float[]> gradients = new ArrayList<>();
        gradients.add(new float[] {0.01f, 0.01f});
        gradients.addAll(Collections.nCopies(table.length - 1, new float[] {0.1f, 1}));
        final List<float[]> found =
                run(config, new float[] {1, 1}, gradients, Collections.nCopies(table.length, config.learningRate()));

        for (int update = 0; update < table.length; update++) {
            for (int i = 0; i < 2; i++) {
                assertThat((double) found.get(update)[i]).isCloseTo(table[update][i], within(1e-4));
            }
        }
    }

    private void assertWeights(final OptimizerConfig config, final double... afterEachUpdate) {
        final int updates = afterEachUpdate.length;
        final List<float[]> found = run(
                config,
                new float[] {1},
                Collections.nCopies(updates, new float[] {0.5f}),
                Collections.nCopies(updates, config.learningRate()));

        for (int update = 0; update < updates; update++) {
            assertThat((double) found.get(update)[0]).isCloseTo(afterEachUpdate[update], within(TOLERANCE));
        }
    }

    /** The weights after each update. */
    abstract List<float[]> run(OptimizerConfig config, float[] weight, List<float[]> gradients, List<Double> rates);

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
        final List<float[]> gradients = new ArrayList<>();
        final List<Double> rates = new ArrayList<>();
        final List<Double> weights = new ArrayList<>();
        for (int update = 0; update < UPDATES; update++) {
            final float gradient = (float) random.nextDouble(-1, 1);
            final double rate = 0.05 / (1 + update);
            expected += rule.change(expected, gradient, rate);
            gradients.add(new float[] {gradient});
            rates.add(rate);
            weights.add(expected);
        }

        final List<float[]> found = run(config, new float[] {1}, gradients, rates);

        for (int update = 0; update < UPDATES; update++) {
            assertThat((double) found.get(update)[0])
                    .as("update %d", update)
                    .isCloseTo(weights.get(update), within(2e-6));
        }
    }

    @Test
    void everyKindOfOptimizerHasAFormula() {
        assertThat(optimizers()
                        .map(arguments -> (Object) arguments.get()[0].getClass())
                        .distinct())
                .containsExactlyInAnyOrder((Object[]) OptimizerConfig.class.getPermittedSubclasses());
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
