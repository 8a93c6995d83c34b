package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.Supplier;
import org.gradienttape.step.StepException;
import org.gradienttape.step.Tensor;

/**
 * Makes the tensors of the step that is under way from numbers of the JVM. Their memory is the engine's own, aligned
 * alike in every run; results depend on that in the last bit.
 *
 * @param current the step that is under way
 */
record TensorMaker(Supplier<StepScope> current) {
    /** Numbers that a shape holds. */
    static int size(final long... shape) {
        long size = 1;
        for (final long axis : shape) {
            if (axis < 0) {
                throw new StepException(
                        "the sizes of a shape must be at least 0, but they are " + Arrays.toString(shape));
            }
            size *= axis;
            if (size > Integer.MAX_VALUE / Float.BYTES) {
                throw new StepException("a tensor from Java may have at most " + Integer.MAX_VALUE / Float.BYTES
                        + " numbers, but its shape is " + Arrays.toString(shape));
            }
        }
        return (int) size;
    }

    Tensor full(final double value, final long... shape) {
        size(shape);
        final StepScope scope = current.get();
        return scope.tensor(scope.arrays().full(new Shape(shape), (float) value, DataType.FLOAT32));
    }

    Tensor tensor(final float[] values, final long... shape) {
        check(values.length, shape);
        final StepScope scope = current.get();
        return scope.tensor(EngineMemory.array(values, new Shape(shape), scope.arrays()));
    }

    Tensor tensor(final long[] values, final long... shape) {
        check(values.length, shape);
        final StepScope scope = current.get();
        try (NDArray given = scope.arrays().create(values, new Shape(shape))) {
            return scope.tensor(given.duplicate());
        }
    }

    private static void check(final int values, final long... shape) {
        if (values != size(shape)) {
            throw new StepException("the shape " + Arrays.toString(shape) + " needs " + size(shape)
                    + " numbers, but there are " + values);
        }
    }
}
