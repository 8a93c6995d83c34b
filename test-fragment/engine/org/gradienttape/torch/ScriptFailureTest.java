package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BinaryOperator;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person reads when a step names an entry or a class that is not there. */
class ScriptFailureTest {
    private static final long[] HIGH = {1, 12, 2};
    private static final long[] LOW = {1, -12, 2};

    /** A step with an x of 3 x 4 numbers and the places 1, 12 and 2, or 1, -12 and 2. */
    private static void refuses(
            final Execution execution,
            final long[] places,
            final BinaryOperator<Tensor> operation,
            final String sentence) {
        assertThatThrownBy(() -> Computed.run(execution, c -> {
                    final Variable x = c.variable("x", new float[12], 3, 4);
                    c.step(() -> operation
                            .apply(x.mul(1), c.machine().tensor(places, 3))
                            .toFloatArray());
                }))
                .hasMessageContaining(" failed: ")
                .hasMessageEndingWith(sentence);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void takeSaysWhichPlacesThereAre(final Execution execution) {
        final String wrong = "take needs places of at least 0 and below 4, the size of the axis, but one is ";
        final String rows = "take needs places of at least 0 and below the size of the axis, but one is not;"
                + " correct the places.";

        refuses(execution, HIGH, (x, places) -> x.take(places, 1), wrong + "12; correct the places.");
        refuses(execution, LOW, (x, places) -> x.take(places, 1), wrong + "-12; correct the places.");
        refuses(execution, HIGH, (x, places) -> x.take(places, 0), rows);
        refuses(execution, LOW, (x, places) -> x.take(places, 0), rows);
        refuses(execution, HIGH, (x, places) -> x.reshape(12).take(places, 0), rows);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void nllSaysWhichLabelsThereAre(final Execution execution) {
        final String wrong = "nll needs labels of at least 0 and below the number of classes, but one is ";
        final String mend = "; correct the labels, or give the network as many outputs as there are classes.";

        refuses(execution, HIGH, (x, labels) -> x.logSoftmax(1).nll(labels), wrong + "12" + mend);
        refuses(execution, LOW, (x, labels) -> x.logSoftmax(1).nll(labels), wrong + "-12" + mend);
        final long[] ignored = {1, -100, 2}; // by PyTorch
        refuses(execution, ignored, (x, labels) -> x.logSoftmax(1).nll(labels), wrong + "-100" + mend);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void oneHotSaysWhichClassesThereAre(final Execution execution) {
        refuses(
                execution,
                HIGH,
                (x, classes) -> classes.oneHot(3),
                "oneHot needs classes below their number, but one is not; correct the classes, or choose a larger"
                        + " number.");
        refuses(
                execution,
                LOW,
                (x, classes) -> classes.oneHot(3),
                "oneHot needs classes of at least 0, but one is below; correct the classes.");
    }
}
