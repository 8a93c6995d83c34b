package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.loss.Loss;
import org.gradienttape.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets of several outputs may be whole numbers, such as labels of 0 and 1 for each. */
class WholeTargetsTest {
    private static final float[] PREDICTIONS = {0.2f, -1.5f, 3, 0.7f, 0.1f, -0.4f};
    private static final List<long[]> TARGETS =
            List.of(new long[] {1, 0, 1, 0, 0, 1}, new long[] {1, -1, 1, -1, -1, 1});
    private static final List<long[]> SHAPES = List.of(new long[] {2, 3}, new long[] {1, 2, 3});

    static Stream<Loss> losses() {
        return Stream.of(
                new Loss.BinaryCrossentropy(),
                new Loss.CategoricalCrossentropy(),
                new Loss.MeanSquaredError(),
                new Loss.MeanAbsoluteError(),
                new Loss.Huber(1),
                new Loss.Hinge(),
                new Loss.KlDivergence());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void countAsFloatNumbersDo(final Loss loss) {
        for (final Execution execution : Execution.values()) {
            for (final long[] shape : SHAPES) {
                TARGETS.forEach(targets -> assertAlike(loss, execution, targets, shape));
            }
        }
    }

    private static void assertAlike(
            final Loss loss, final Execution execution, final long[] targets, final long[] shape) {
        final List<Fetched> both = new ArrayList<>();
        Computed.run(execution, c -> {
            c.step(() -> {
                final Tensor predictions = c.machine().tensor(PREDICTIONS, shape);
                final Tensor whole = c.machine().tensor(targets, shape);
                both.add(c.fetch(loss.call(whole, predictions)));
                both.add(c.fetch(loss.call(whole.toFloat(), predictions)));
            });
            c.finish();
        });

        assertThat(both.get(0).number()).isEqualTo(both.get(1).number());
    }
}
