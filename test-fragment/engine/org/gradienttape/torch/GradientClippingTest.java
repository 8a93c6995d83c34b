package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.optimizer.GradientClipping;
import org.gradienttape.optimizer.GradientClipping.Kind;
import org.junit.jupiter.api.Test;

class GradientClippingTest {
    private static final float[] FIRST = {3, -4};
    private static final float[] SECOND = {0.6f, 0, 0.8f};

    @Test
    void noneLeavesGradientsAsTheyAre() {
        assertClipped(Kind.NONE, 0.5, new float[] {3, -4}, new float[] {0.6f, 0, 0.8f});
    }

    @Test
    void valueKeepsEachNumberWithinTheLimit() {
        assertClipped(Kind.VALUE, 0.7, new float[] {0.7f, -0.7f}, new float[] {0.6f, 0, 0.7f});
    }

    /** Norms 5 and 1: the first is scaled by 2 / 5, the second stays. */
    @Test
    void normScalesEachGradientAlone() {
        assertClipped(Kind.NORM, 2, new float[] {1.2f, -1.6f}, new float[] {0.6f, 0, 0.8f});
    }

    /** The norm of all is sqrt(25 + 1) = 5.0990195, so that all are scaled by 2 / 5.0990195 = 0.3922323. */
    @Test
    void globalNormScalesAllTogether() {
        assertClipped(
                Kind.GLOBAL_NORM, 2, new float[] {1.1766969f, -1.5689291f}, new float[] {0.2353394f, 0, 0.3137858f});
        assertClipped(Kind.GLOBAL_NORM, 5.2, new float[] {3, -4}, new float[] {0.6f, 0, 0.8f});
    }

    /** keras/src/optimizers/optimizer_test.py: [100, 100] becomes [sqrt(2) / 2, sqrt(2) / 2] for a norm of 1. */
    @Test
    void normIsThatOfKerasTest() {
        assertThat(clip(Kind.NORM, 1, new float[] {100, 100}).get(0))
                .containsExactly(new float[] {0.70710678f, 0.70710678f}, within(1e-6f));
    }

    @Test
    void gradientsOfZeroStayZero() {
        for (final Kind kind : Kind.values()) {
            assertThat(clip(kind, 1, new float[2]).get(0)).containsExactly(0, 0);
        }
    }

    @Test
    void aNormThatIsNoFiniteNumberShows() {
        final float[] infinite = {Float.POSITIVE_INFINITY, 1};

        assertThat(clip(Kind.NORM, 1, infinite, FIRST).get(0)).containsExactly(Float.NaN, Float.NaN);
        assertThat(clip(Kind.GLOBAL_NORM, 1, infinite, FIRST).get(1)).containsExactly(Float.NaN, Float.NaN);
    }

    @Test
    void refusesALimitThatIsNoNumberAboveZero() {
        for (final double limit : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new GradientClipping(Kind.VALUE, limit))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The limit of the gradients must be a number above 0, but it is " + limit + ".");
        }
    }

    private static void assertClipped(final Kind kind, final double limit, final float[] first, final float[] second) {
        final List<float[]> clipped = clip(kind, limit, FIRST, SECOND);

        assertThat(clipped.get(0)).containsExactly(first, within(1e-6f));
        assertThat(clipped.get(1)).containsExactly(second, within(1e-6f));
    }

    private static List<float[]> clip(final Kind kind, final double limit, final float[]... gradients) {
        return Computed.with(Execution.COMPILED, c -> {
            final List<Fetched> clipped = new ArrayList<>();
            c.step(() -> new GradientClipping(kind, limit)
                    .clip(Arrays.stream(gradients)
                            .map(gradient -> c.machine().tensor(gradient, gradient.length))
                            .toList())
                    .forEach(gradient -> clipped.add(c.fetch(gradient))));
            c.finish();
            return clipped.stream().map(Fetched::numbers).toList();
        });
    }
}
