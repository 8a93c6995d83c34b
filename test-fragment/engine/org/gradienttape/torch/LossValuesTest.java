package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.loss.Loss;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;
import org.junit.jupiter.api.Nested;

/** {@link LossValues} of all that computes losses. */
class LossValuesTest {
    @Nested
    class Compiled extends OfTensors {
        Compiled() {
            super(Execution.COMPILED);
        }
    }

    @Nested
    class Eager extends OfTensors {
        Eager() {
            super(Execution.EAGER);
        }
    }

    private abstract static class OfTensors extends LossValues {
        private final Execution execution;

        OfTensors(final Execution execution) {
            this.execution = execution;
        }

        @Override
        Value of(final Loss loss, final float[] outputs, final int columns, final long[] labels) {
            return Computed.with(execution, c -> {
                List<Fetched> results = new ArrayList<>();
                c.step(() -> {
                    Tensor given = c.machine().tensor(outputs, labels.length, columns);
                    try (GradientTape tape = new GradientTape()) {
                        Tensor value = loss.call(c.machine().tensor(labels, labels.length, 1), given);
                        assertThat(value.rank()).isZero();
                        results.add(c.fetch(value));
                        results.add(c.fetch(tape.gradient(value, given)));
                    }
                });
                c.finish();
                return new Value(results.get(0).number(), results.get(1).numbers());
            });
        }

        @Override
        double ofSteps(final Loss loss, final float[] outputs, final boolean asLabels, final float[] weights) {
            return Computed.with(execution, c -> {
                List<Fetched> results = new ArrayList<>();
                c.step(() -> {
                    Tensor labels = c.machine().tensor(new long[] {0, 1, 2, 0}, 2, 2);
                    Tensor y = asLabels ? labels : labels.reshape(4).oneHot(3).reshape(2, 2, 3);
                    long[] shape = weights.length == 2 ? new long[] {2} : new long[] {2, 2};
                    Optional<Tensor> own = weights.length == 0
                            ? Optional.empty()
                            : Optional.of(c.machine().tensor(weights, shape));
                    results.add(c.fetch(loss.call(y, c.machine().tensor(outputs, 2, 2, 3), own)));
                });
                c.finish();
                return (double) results.get(0).number();
            });
        }

        @Override
        double value(final Loss loss, final float[] outputs, final float[] targets) {
            return Computed.with(execution, c -> {
                List<Fetched> results = new ArrayList<>();
                c.step(() -> results.add(c.fetch(loss.call(
                        c.machine().tensor(targets, targets.length / 2, 2),
                        c.machine().tensor(outputs, outputs.length / 2, 2)))));
                c.finish();
                return (double) results.get(0).number();
            });
        }
    }
}
