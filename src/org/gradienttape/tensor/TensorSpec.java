package org.gradienttape.tensor;

/**
 * What is known of a result before it is computed.
 *
 * @param type of its numbers
 * @param shape of the result; not copied
 */
record TensorSpec(NumberType type, long[] shape) {
    static TensorSpec floats(final long... shape) {
        return new TensorSpec(NumberType.FLOAT32, shape);
    }

    /** Of the same type and shape as this tensor. */
    static TensorSpec like(final Tensor tensor) {
        return new TensorSpec(tensor.type(), tensor.sizes());
    }

    /** Of the tensor's type, in another shape. */
    static TensorSpec of(final Tensor tensor, final long... shape) {
        return new TensorSpec(tensor.type(), shape);
    }
}
