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

    private static void assertWeights(final OptimizerConfig config, final double... afterEachUpdate) {
        try (NDManager run = TorchEngine.start().newManager(ai.djl.Device.cpu())) {
            final NDArray weight = run.create(new float[] {1});
            final Optimizer optimizer = Optimizer.of(config, List.of(weight), run);
            for (final double expected : afterEachUpdate) {
                update(optimizer, run);
                assertThat((double) weight.toFloatArray()[0]).isCloseTo(expected, within(TOLERANCE));
            }
            assertThat(optimizer.learningRate()).isEqualTo(0.1);
        }
    }

    private static void update(final Optimizer optimizer, final NDManager run) {
        final int before = NativeArrays.count();
        try (NDManager step = run.newSubManager()) {
            optimizer.update(List.of(step.create(new float[] {0.5f})));
        }
        assertThat(NativeArrays.count()).isEqualTo(before);
    }
}
