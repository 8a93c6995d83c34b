package org.gradienttape.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** R² and the root of the mean squared error; the values are scikit-learn 1.2.1's where nothing else is said. */
class NumberMetricsTest {
    /** The example of scikit-learn's r2_score: [3, -0.5, 2, 7] predicted as [2.5, 0, 2, 8]. */
    private static final double[] TARGETS = {3, -0.5, 2, 7};

    private static final double[] PREDICTIONS = {2.5, 0, 2, 8};

    private final RSquared squared = new RSquared();
    private final RootMeanSquared root = new RootMeanSquared();

    @Test
    void theExampleOfScikitLearnIsMet() {
        updateAll(0, 1);

        assertThat(squared.result()).isCloseTo(0.9486081370449679, within(1e-15));
        assertThat(root.result()).isCloseTo(0.6123724356957945, within(1e-15));
    }

    /** r2_score and mean_squared_error with sample_weight=[1, 2, 0.5, 4]. */
    @Test
    void samplesCountByTheirWeights() {
        final double[] weights = {1, 2, 0.5, 4};
        for (int i = 0; i < 4; i++) {
            squared.update(PREDICTIONS[i], TARGETS[i], weights[i]);
            root.update(PREDICTIONS[i], TARGETS[i], weights[i]);
        }

        assertThat(squared.result()).isCloseTo(0.9401511969760605, within(1e-14));
        assertThat(root.result()).isCloseTo(0.7958224257542215, within(1e-15));
    }

    /** A sample of weight 0 is none, wherever it stands. */
    @Test
    void aWeightOfZeroChangesNothing() {
        squared.update(5, 1e9, 0);
        root.update(5, 1e9, 0);
        updateAll(0, 1);
        squared.update(5, 1e9, 0);

        assertThat(squared.result()).isCloseTo(0.9486081370449679, within(1e-15));
        assertThat(root.result()).isCloseTo(0.6123724356957945, within(1e-15));
    }

    /** Sums of plain squares would have lost every digit: 1e9 squared has 18 before the point, a double holds 15. */
    @Test
    void targetsFarFromZeroLoseNoDigits() {
        updateAll(1e9, 1);

        assertThat(squared.result()).isCloseTo(0.9486081370449679, within(1e-9));
    }

    @Test
    void beingWorseThanTheMeanIsBelowZero() {
        squared.update(3, 1, 1);
        squared.update(1, 3, 1);

        assertThat(squared.result()).isEqualTo(-3); // errors 4 + 4, deviations 1 + 1
    }

    @Test
    void whatIsUndefinedIsNotZero() {
        assertThat(squared.result()).isNaN();
        assertThat(root.result()).isNaN();

        squared.update(0.3, 0.1, 1);
        assertThat(squared.result()).as("one sample").isNaN();
        for (int i = 0; i < 100; i++) {
            squared.update(0.3, 0.1, 0.7);
        }
        assertThat(squared.result()).as("equal targets").isNaN();

        squared.update(0.3, Double.NaN, 1);
        assertThat(squared.result()).as("a target that is no number").isNaN();
    }

    @Test
    void aResetForgetsEverything() {
        squared.update(1e6, -1e6, 3);
        root.update(1e6, -1e6, 3);
        squared.reset();
        root.reset();
        updateAll(0, 1);

        assertThat(squared.result()).isCloseTo(0.9486081370449679, within(1e-15));
        assertThat(root.result()).isCloseTo(0.6123724356957945, within(1e-15));
    }

    /**
     * r2_score of [[0.5, 1], [-1, 1], [7, -6]] and [[0, 2], [-1, 2], [8, -5]], multioutput="uniform_average": 0.9368005266622779.
     * A target that is always the same has none, and does not count.
     */
    @Test
    void ofSeveralTargetsItIsTheMean() {
        final RSquared second = new RSquared();
        final RSquared constant = new RSquared();
        final double[][] targets = {{0.5, 1}, {-1, 1}, {7, -6}};
        final double[][] predictions = {{0, 2}, {-1, 2}, {8, -5}};
        for (int i = 0; i < 3; i++) {
            squared.update(predictions[i][0], targets[i][0], 1);
            second.update(predictions[i][1], targets[i][1], 1);
            constant.update(i, 5, 1);
        }

        assertThat(RSquared.average(List.of(squared, second))).isCloseTo(0.9368005266622779, within(1e-15));
        assertThat(RSquared.average(List.of(squared, constant, second))).isCloseTo(0.9368005266622779, within(1e-15));
        assertThat(RSquared.average(List.of(constant))).isNaN();
    }

    private void updateAll(final double shift, final double weight) {
        for (int i = 0; i < TARGETS.length; i++) {
            squared.update(PREDICTIONS[i] + shift, TARGETS[i] + shift, weight);
            root.update(PREDICTIONS[i] + shift, TARGETS[i] + shift, weight);
        }
    }
}
