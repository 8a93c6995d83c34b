package org.gradienttape.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClassProbabilitiesTest {
    /** exp(1), exp(2), exp(3) over their sum 30.192875. */
    @Test
    void logitsGetSoftmax() {
        assertThat(ClassProbabilities.of(new Predictions(new float[] {1, 2, 3}, 1, 3), Outputs.CLASS_LOGITS)
                        .values())
                .containsExactly(new float[] {0.09003057f, 0.24472847f, 0.66524096f}, within(1e-7f));
    }

    @Test
    void largeLogitsDoNotOverflow() {
        assertThat(ClassProbabilities.of(new Predictions(new float[] {1e30f, -1e30f}, 1, 2), Outputs.CLASS_LOGITS)
                        .values())
                .containsExactly(1, 0);
    }

    /** sigmoid(2) = 0.880797. */
    @Test
    void aSingleLogitGetsSigmoid() {
        final Predictions two = ClassProbabilities.of(new Predictions(new float[] {0, 2}, 2, 1), Outputs.LOGITS);

        assertThat(two.columns()).isEqualTo(2);
        assertThat(two.values()).containsExactly(new float[] {0.5f, 0.5f, 0.119203f, 0.880797f}, within(1e-6f));
    }

    @Test
    void probabilitiesStayAsTheyAre() {
        assertThat(ClassProbabilities.of(new Predictions(new float[] {0.25f, 0.5f}, 1, 2), Outputs.NUMBERS)
                        .values())
                .containsExactly(0.25f, 0.5f);
        assertThat(ClassProbabilities.of(new Predictions(new float[] {0.25f}, 1, 1), Outputs.NUMBERS)
                        .values())
                .containsExactly(0.75f, 0.25f);
    }
}
