package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.junit.jupiter.api.Test;

class DropoutTest {
    private static final int NUMBERS = 100_000;

    @Test
    void dropsTheShareAndScalesTheRest() {
        final float[] output = drop(0.3, 1, Mode.TRAINING);

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
        assertThat(drop(0.3, 1, Mode.INFERENCE)).containsOnly(1);
    }

    @Test
    void changesNothingWithRateZero() {
        assertThat(drop(0, 1, Mode.TRAINING)).containsOnly(1);
    }

    @Test
    void dropsAlikeForTheSameSeedOnly() {
        final float[] once = drop(0.5, 1, Mode.TRAINING);

        assertThat(drop(0.5, 1, Mode.TRAINING)).isEqualTo(once);
        assertThat(drop(0.5, 2, Mode.TRAINING)).isNotEqualTo(once);
    }

    private static float[] drop(final double rate, final long seed, final Mode mode) {
        final Network network = Network.of(Shape.of(NUMBERS / 4), List.of(new Layer.Dropout(rate)));
        return Computed.with(Execution.COMPILED, c -> {
            final CallableNetwork callable =
                    Callable.of(network, Weights.initial(network, 0), c, c::machine, new SplittableRandom(seed));
            final List<Fetched> output = new ArrayList<>();
            c.step(() -> output.add(c.fetch(callable.call(c.machine().full(1, 4, NUMBERS / 4), mode))));
            c.finish();
            return output.get(0).numbers();
        });
    }
}
