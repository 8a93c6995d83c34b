package org.gradienttape.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The life cycle of Keras' metrics: update, result, reset. */
class MetricTest {
    /** keras.io/api/metrics/accuracy_metrics, SparseCategoricalAccuracy: [2, 1] against these two rows gives 0.5. */
    private static final Predictions KERAS_EXAMPLE =
            new Predictions(new float[] {0.1f, 0.6f, 0.3f, 0.05f, 0.95f, 0}, 2, 3);

    @Test
    void accuracyCountsLargestOutputsAtTheLabel() {
        final Metric accuracy = new SparseCategoricalAccuracy();

        accuracy.update(KERAS_EXAMPLE, Targets.ofClasses(2, 1));

        assertThat(accuracy.result()).isEqualTo(0.5);
        assertThat(accuracy.name()).isEqualTo("Accuracy");
    }

    @Test
    void accuracyRunsOverBatchesOfDifferentSizesUntilItIsReset() {
        final Metric accuracy = new SparseCategoricalAccuracy();

        assertThat(accuracy.result()).isNaN();
        accuracy.update(KERAS_EXAMPLE, Targets.ofClasses(1, 1));
        assertThat(accuracy.result()).isEqualTo(1);
        accuracy.update(new Predictions(new float[] {1, 0}, 1, 2), Targets.ofClasses(1));
        assertThat(accuracy.result()).isEqualTo(2.0 / 3);
        accuracy.reset();
        assertThat(accuracy.result()).isNaN();
        accuracy.update(new Predictions(new float[] {1, 0}, 1, 2), Targets.ofClasses(0));
        assertThat(accuracy.result()).isEqualTo(1);
    }

    /** The argmax of a row of NaN is 0, which is no reason to be right about label 0. */
    @Test
    void anOutputThatIsNanIsNeverRight() {
        final Metric accuracy = new SparseCategoricalAccuracy();

        accuracy.update(
                new Predictions(new float[] {Float.NaN, Float.NaN, Float.NaN, 1, 0.5f, 1}, 3, 2),
                Targets.ofClasses(0, 0, 1));

        assertThat(accuracy.result()).isEqualTo(1.0 / 3);
    }

    @Test
    void accuracyRefusesLabelsThatDoNotBelongToTheRows() {
        final Metric accuracy = new SparseCategoricalAccuracy();

        assertThatThrownBy(() -> accuracy.update(KERAS_EXAMPLE, Targets.ofClasses(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 predictions came with 1 labels");
    }

    @Test
    void theFirstOfEqualOutputsIsTheLargest() {
        assertThat(new Predictions(new float[] {0, 3, 3, -1}, 1, 4).largest(0)).isEqualTo(1);
        assertThat(new Predictions(new float[] {-2, -1, 5, 5}, 2, 2).largest(1)).isZero();
    }

    @Test
    void predictionsNeedAllTheirNumbers() {
        assertThatThrownBy(() -> new Predictions(new float[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 x 3 predictions")
                .hasMessageContaining("there are 5");
    }

    @Test
    void theMeanIsWeightedAndStartsAnewAfterAReset() {
        final Mean mean = new Mean();

        assertThat(mean.result()).isNaN();
        mean.update(1, 64);
        mean.update(4, 16);
        assertThat(mean.result()).isCloseTo(1.6, within(1e-15)); // (64 + 64) / 80
        mean.reset();
        mean.update(7, 1);
        assertThat(mean.result()).isEqualTo(7);
    }
}
