package org.gradienttape.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class LossTest {
    @Test
    void lossesWithTheSameNumbersAreEqual() {
        assertThat(new Loss.Huber(1)).isEqualTo(new Loss.Huber(1)).isNotEqualTo(new Loss.Huber(2));
        assertThat(new Loss.Hinge()).isEqualTo(new Loss.Hinge()).isNotEqualTo(new Loss.MeanSquaredError());
    }

    @Test
    void refusesADeltaThatIsNoNumberAboveZero() {
        for (final double delta : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Loss.Huber(delta))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The delta of the Huber loss must be a number above 0, but it is " + delta + ".");
        }
    }
}
