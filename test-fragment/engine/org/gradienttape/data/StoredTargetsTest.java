package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StoredTargetsTest {
    private static final int[] NO_LABELS = {};
    private static final float[] NO_WEIGHTS = {};

    /** Three samples of three numbers. */
    @Test
    void someNumbersOfEachSampleAreTakenInAnotherOrder() {
        final StoredTargets stored = new StoredTargets(NO_LABELS, new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, NO_WEIGHTS);

        assertThat(stored.rearranged(new int[] {2, 0}, 3).numbers()).containsExactly(3, 1, 6, 4, 9, 7);
    }

    @Test
    void labelsAreThoseOfTheNewOrderOfClasses() {
        final StoredTargets stored = new StoredTargets(new int[] {0, 2, 1, 2}, new double[0], NO_WEIGHTS);

        assertThat(stored.relabelled(new int[] {1, 2, 0}).labels()).containsExactly(1, 0, 2, 0);
    }

    @Test
    void anyDifferenceIsAnotherSum() {
        final long sum = sum(1, 2, 3);

        assertThat(sum(1, 2, 3)).isEqualTo(sum);
        assertThat(List.of(sum(0, 2, 3), sum(1, 0, 3), sum(1, 2, 0))).doesNotContain(sum);
    }

    private static long sum(final int label, final double number, final float weight) {
        return new StoredTargets(new int[] {label}, new double[] {number}, new float[] {weight}).sum();
    }

    /** 25 is 15 above 10, three times 5. */
    @Test
    void numbersAreShiftedThenDividedAndBack() {
        final TargetScaling scaling = new TargetScaling("price", 10, 5);

        assertThat(scaling.scaled(25)).isEqualTo(3);
        assertThat(scaling.unscaled(3)).isEqualTo(25);
        assertThat(new Target.Numbers(List.of(scaling, TargetScaling.none("size"))).unscaled(i -> i + 2))
                .containsExactly(new double[] {20, 3}, within(0.0));
    }
}
