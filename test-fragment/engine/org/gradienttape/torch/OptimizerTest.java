package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.gradienttape.optimizer.OptimizerConfig;
import org.junit.jupiter.api.Test;

/** One weight of 1 with the gradient 0.5 at each update; the figures are worked out by hand from Keras' rules. */
class OptimizerTest {
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
    private static void assertKerasTable(final OptimizerConfig config, final double[][] table) {
        try (NDManager run = TorchEngine.start().newManager(TestDevice.arrays())) {
            final NDArray weight = run.create(new float[] {1, 1});
            final Optimizer optimizer = Optimizer.of(config, List.of(weight), run);
            float[] gradients = {0.01f, 0.01f};
            for (final double[] expected : table) {
                optimizer.update(List.of(run.create(gradients)), config.learningRate());
                gradients = new float[] {0.1f, 1};
                for (int i = 0; i < expected.length; i++) {
                    assertThat((double) weight.toFloatArray()[i]).isCloseTo(expected[i], within(1e-4));
                }
            }
        }
    }

    private static void assertWeights(final OptimizerConfig config, final double... afterEachUpdate) {
        try (NDManager run = TorchEngine.start().newManager(TestDevice.arrays())) {
            final NDArray weight = run.create(new float[] {1});
            final Optimizer optimizer = Optimizer.of(config, List.of(weight), run);
            for (final double expected : afterEachUpdate) {
                update(optimizer, config.learningRate(), run);
                assertThat((double) weight.toFloatArray()[0]).isCloseTo(expected, within(TOLERANCE));
            }
        }
    }

    private static void update(final Optimizer optimizer, final double learningRate, final NDManager run) {
        final int before = NativeArrays.count();
        try (NDManager step = run.newSubManager()) {
            optimizer.update(List.of(step.create(new float[] {0.5f})), learningRate);
        }
        assertThat(NativeArrays.count()).isEqualTo(before);
    }
}
