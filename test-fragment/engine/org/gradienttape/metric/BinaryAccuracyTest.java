package org.gradienttape.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BinaryAccuracyTest {
    private final BinaryAccuracy accuracy = new BinaryAccuracy(0);

    @Test
    void countsLogitsOnTheSideOfTheirLabel() {
        accuracy.update(new Predictions(new float[] {0.1f, -0.1f, 5, -5}, 4, 1), Targets.ofClasses(1, 0, 0, 1));
        assertThat(accuracy.result()).isEqualTo(0.5);

        accuracy.update(new Predictions(new float[] {0}, 1, 1), Targets.ofClasses(0));
        assertThat(accuracy.result()).isEqualTo(0.6);

        accuracy.reset();
        assertThat(accuracy.result()).isNaN();
    }

    /** An output at the threshold says no, which is wrong for label 1. */
    @Test
    void theThresholdIsANo() {
        accuracy.update(new Predictions(new float[] {0, 0}, 2, 1), Targets.ofClasses(1, 0));

        assertThat(accuracy.result()).isEqualTo(0.5);
    }

    @Test
    void refusesLabelsOfOtherSamples() {
        assertThatThrownBy(() -> accuracy.update(new Predictions(new float[2], 2, 1), Targets.ofClasses(0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOutputThatIsNanIsNeverRight() {
        accuracy.update(
                new Predictions(new float[] {Float.NaN, Float.NaN, -1, 0}, 4, 1), Targets.ofClasses(0, 1, 0, 0));

        assertThat(accuracy.result()).isEqualTo(0.5);
    }

    @Test
    void refusesSeveralNumbersPerSample() {
        assertThatThrownBy(() -> accuracy.update(new Predictions(new float[2], 1, 2), Targets.ofClasses(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("one output was expected, but there are 2");
    }
}
