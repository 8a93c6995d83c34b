package org.gradienttape.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomNoiseTest {
    @Test
    void latentPointsAreStandardNormal() {
        final float[] points = noise(1).latentPoints(10_000);

        double sum = 0;
        double squares = 0;
        for (final float point : points) {
            sum += point;
            squares += point * point;
        }
        assertThat(points).hasSize(80_000);
        // Five standard errors: 5 / sqrt(80000) = 0.018 and 5 * sqrt(2 / 80000) = 0.025.
        assertThat(sum / points.length).isCloseTo(0, within(0.018));
        assertThat(squares / points.length).isCloseTo(1, within(0.025));
    }

    @Test
    void labelNoiseLiesBetweenZeroAndTheAmplitude() {
        final float[] values = noise(1).labelNoise(10_000);

        double sum = 0;
        for (final float value : values) {
            assertThat(value).isBetween(0f, 0.05f);
            sum += value;
        }
        // Five standard errors: 5 * 0.05 / sqrt(12 * 10000) = 0.00072.
        assertThat(sum / values.length).isCloseTo(0.025, within(0.00072));
    }

    @Test
    void isTheSameForTheSameSeedOnly() {
        assertThat(noise(1).latentPoints(3)).isEqualTo(noise(1).latentPoints(3));
        assertThat(noise(1).latentPoints(3)).isNotEqualTo(noise(2).latentPoints(3));
    }

    private static RandomNoise noise(final long seed) {
        return new RandomNoise(new SplittableRandom(seed), 8, 0.05);
    }
}
