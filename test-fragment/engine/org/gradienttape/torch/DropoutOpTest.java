package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.junit.jupiter.api.Test;

class DropoutOpTest {
    private static final int NUMBERS = 100_000;

    @Test
    void dropsTheShareAndScalesTheRest() {
        final float[] output = drop(0.3, 1, ForwardPass.Mode.TRAINING);

        int dropped = 0;
        for (final float value : output) {
            assertThat(value == 0 || value == (float) (1 / 0.7)).isTrue();
            dropped += value == 0 ? 1 : 0;
        }
        // Five standard deviations of the binomial distribution: 5 * sqrt(100000 * 0.3 * 0.7) = 725.
        assertThat(dropped).isCloseTo(30_000, within(725));
    }

    @Test
    void changesNothingWhilePredicting() {
        assertThat(drop(0.3, 1, ForwardPass.Mode.INFERENCE)).containsOnly(1);
    }

    @Test
    void changesNothingWithRateZero() {
        assertThat(drop(0, 1, ForwardPass.Mode.TRAINING)).containsOnly(1);
    }

    @Test
    void dropsAlikeForTheSameSeedOnly() {
        final float[] once = drop(0.5, 1, ForwardPass.Mode.TRAINING);

        assertThat(drop(0.5, 1, ForwardPass.Mode.TRAINING)).isEqualTo(once);
        assertThat(drop(0.5, 2, ForwardPass.Mode.TRAINING)).isNotEqualTo(once);
    }

    private static float[] drop(final double rate, final long seed, final ForwardPass.Mode mode) {
        final Network network =
                Network.of(org.gradienttape.layer.Shape.of(NUMBERS / 4), List.of(new Layer.Dropout(rate)));
        try (NDManager arrays = TorchEngine.start().newManager(TestDevice.arrays())) {
            final ForwardPass pass = new ForwardPass(arrays, List.of(), mode);
            return new NetworkOp(network, new SplittableRandom(seed))
                    .forward(arrays.ones(new Shape(4, NUMBERS / 4)), pass)
                    .toFloatArray();
        }
    }
}
