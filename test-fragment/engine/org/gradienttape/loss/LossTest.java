package org.gradienttape.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gradienttape.error.InvalidInputException;
import org.gradienttape.graph.Trace;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
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

    @Test
    void classesOfStepsMustBeAsManyAsTheSteps() {
        final Trace trace = Trace.ofOperations();
        trace.begin();
        final Tensor predictions = trace.full(0, 2, 4, 3);

        assertThatThrownBy(() -> new Loss.SparseCategoricalCrossentropy()
                        .call(trace.full(0, 2).toInt64(), predictions))
                .isInstanceOf(TensorException.class)
                .hasMessage(
                        "predictions of the shape [2, 4, 3] need classes of the shape [2, 4], or numbers of their own"
                                + " shape, but the targets have the shape [2]");
    }
}
