package org.gradienttape.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE, 0x5DEECE66DL})
    void theSequenceIsThatOfSplittableRandom(final long seed) {
        final SplittableRandom java = new SplittableRandom(seed);
        final RandomStream ours = new RandomStream(seed);

        assertAlike(ours, java);
        assertAlike(ours.split(), java.split());
        assertAlike(ours.split().split(), java.split().split());
        assertAlike(ours, java);
    }

    /** One of fifty streams has a step whose bits change too seldom at first. */
    @Test
    void thousandsOfSplitStreamsAreThoseOfSplittableRandom() {
        final SplittableRandom java = new SplittableRandom(8);
        final RandomStream ours = new RandomStream(8);

        for (int i = 0; i < 5000; i++) {
            final SplittableRandom javas = java.split();
            final RandomStream own = ours.split();
            assertThat(own.nextLong()).isEqualTo(javas.nextLong());
            assertThat(own.nextLong()).isEqualTo(javas.nextLong());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 1000})
    void aKeptStreamGoesOnWhereItWas(final int drawn) {
        final RandomStream stream = new RandomStream(3).split();
        for (int i = 0; i < drawn; i++) {
            stream.nextGaussian();
        }
        final Memory kept = Memory.empty();
        stream.keep(kept);
        final RandomStream copy = stream.copy();
        final RandomStream other = new RandomStream(99);

        other.keep(Memory.of(kept.state()));

        final double next = stream.nextGaussian();
        assertThat(other.nextGaussian()).isEqualTo(next);
        assertThat(copy.nextGaussian()).isEqualTo(next);
        assertThat(other.nextLong()).isEqualTo(stream.nextLong());
    }

    private static void assertAlike(final RandomGenerator ours, final RandomGenerator java) {
        for (int i = 0; i < 300; i++) {
            assertThat(ours.nextLong()).isEqualTo(java.nextLong());
            assertThat(ours.nextInt()).isEqualTo(java.nextInt());
            assertThat(ours.nextInt(i + 1)).isEqualTo(java.nextInt(i + 1));
            assertThat(ours.nextDouble()).isEqualTo(java.nextDouble());
            assertThat(ours.nextGaussian()).isEqualTo(java.nextGaussian());
            assertThat(ours.nextBoolean()).isEqualTo(java.nextBoolean());
        }
    }
}
