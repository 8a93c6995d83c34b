package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.loss.Loss;
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

    @Nested
    class OnArrays extends LossValues {
        @Override
        Value of(Loss loss, float[] outputs, int columns, long[] labels) {
            try (NDManager arrays = TorchEngine.start().newManager(TestDevice.arrays());
                    GradientTape tape = new GradientTape(arrays)) {
                List<NDArray> watched = tape.watch(List.of(arrays.create(outputs, new Shape(labels.length, columns))));
                NDArray value =
                        LossOp.of(loss).value(watched.get(0), arrays.create(labels, new Shape(labels.length, 1)));
                assertThat(value.getShape().isScalar()).isTrue();
                return new Value(
                        value.getFloat(), tape.gradient(value, watched).get(0).toFloatArray());
            }
        }

        @Override
        double value(Loss loss, float[] outputs, float[] targets) {
            try (NDManager arrays = TorchEngine.start().newManager(TestDevice.arrays())) {
                Shape shape = new Shape(outputs.length / 2, 2);
                return LossOp.of(loss)
                        .value(arrays.create(outputs, shape), arrays.create(targets, shape))
                        .getFloat();
            }
        }
    }

    private abstract static class OfTensors extends LossValues {
        private final Execution execution;

        OfTensors(Execution execution) {
            this.execution = execution;
        }

        @Override
        Value of(Loss loss, float[] outputs, int columns, long[] labels) {
            return Computed.with(execution, c -> {
                List<Fetched> results = new ArrayList<>();
                c.step(() -> {
                    Tensor given = c.machine().tensor(outputs, labels.length, columns);
                    try (org.gradienttape.tensor.GradientTape tape = new org.gradienttape.tensor.GradientTape()) {
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
        double value(Loss loss, float[] outputs, float[] targets) {
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
