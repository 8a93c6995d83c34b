package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class SplitPlanTest {
    @Test
    void theGuideTrainsOnTheFirst50000OfMnistAndHoldsOutTheLast10000() {
        final SplitPlan plan = plan(new HeldOut.LastSamples(10_000), false, 0, 60_000, 0);

        assertThat(plan.training()).isEqualTo(range(0, 50_000));
        assertThat(plan.heldOut()).isEqualTo(range(50_000, 60_000));
    }

    @Test
    void testFilesAreHeldOutAsAWhole() {
        final SplitPlan plan = plan(new HeldOut.SourceTestFiles(), false, 0, 6, 4);

        assertThat(plan.training()).isEqualTo(range(0, 6));
        assertThat(plan.heldOut()).isEqualTo(range(6, 10));
    }

    @Test
    void mergedFilesAreSplitAsOne() {
        assertThat(plan(new HeldOut.None(), true, 0, 6, 4).training()).isEqualTo(range(0, 10));
        assertThat(plan(new HeldOut.LastSamples(5), true, 0, 6, 4).heldOut()).isEqualTo(range(5, 10));
    }

    @Test
    void theLimitKeepsTheFirstOfBothParts() {
        final SplitPlan plan = plan(new HeldOut.LastSamples(10), false, 3, 30, 0);

        assertThat(plan.training()).isEqualTo(range(0, 3));
        assertThat(plan.heldOut()).isEqualTo(range(20, 23));
    }

    @Test
    void aRandomFractionIsDrawnBySeedFromEverywhere() {
        final SplitPlan plan = plan(new HeldOut.RandomFraction(0.2, 5), false, 0, 1000, 0);

        assertThat(plan.heldOut().cardinality()).isEqualTo(200);
        assertThat(plan.training().cardinality()).isEqualTo(800);
        assertThat(plan.training().intersects(plan.heldOut())).isFalse();
        assertThat(plan.heldOut().get(0, 500).cardinality()).isBetween(70, 130); // 100 expected, sigma 6.3
        assertThat(plan(new HeldOut.RandomFraction(0.2, 5), false, 0, 1000, 0)).isEqualTo(plan);
        assertThat(plan(new HeldOut.RandomFraction(0.2, 6), false, 0, 1000, 0)).isNotEqualTo(plan);
    }

    @Test
    void refusesToHoldOutEverythingOrNothing() {
        assertThatThrownBy(() -> plan(new HeldOut.LastSamples(10), false, 0, 10, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("last 10")
                .hasMessageContaining("only 10");
        assertThatThrownBy(() -> plan(new HeldOut.RandomFraction(0.01, 0), false, 0, 10, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("0.01")
                .hasMessageContaining("that is 0");
        assertThatThrownBy(() -> plan(new HeldOut.RandomFraction(0.99, 0), false, 0, 10, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("that is 10");
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> new HeldOut.LastSamples(0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at least 1, but it is 0");
        for (final double fraction : new double[] {0, 1, -0.5, Double.NaN}) {
            assertThatThrownBy(() -> new HeldOut.RandomFraction(fraction, 0))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(String.valueOf(fraction));
        }
        assertThatThrownBy(() -> new ReadRequest.Split(new HeldOut.None(), false, -1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new ReadRequest.Split(new HeldOut.SourceTestFiles(), true, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be merged");
    }

    @Test
    void refusesMoreSamplesThanCanBeNumbered() {
        assertThatThrownBy(() -> plan(new HeldOut.None(), true, 0, Integer.MAX_VALUE, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("2147483648");
    }

    private static SplitPlan plan(
            final HeldOut heldOut, final boolean merge, final int limit, final int training, final int test) {
        return SplitPlan.of(new ReadRequest.Split(heldOut, merge, limit), training, test);
    }

    private static BitSet range(final int from, final int to) {
        final BitSet bits = new BitSet();
        bits.set(from, to);
        return bits;
    }
}
