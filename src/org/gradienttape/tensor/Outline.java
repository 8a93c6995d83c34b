package org.gradienttape.tensor;

/**
 * What is known of a result before it is computed.
 *
 * @param type of its numbers
 * @param shape of the result; not copied
 */
record Outline(NumberType type, long[] shape) {
    static Outline floats(final long... shape) {
        return new Outline(NumberType.FLOAT32, shape);
    }

    /** Of the same type and shape as this tensor. */
    static Outline like(final Tensor tensor) {
        return new Outline(tensor.type(), tensor.sizes());
    }

    /** Of the tensor's type, in another shape. */
    static Outline of(final Tensor tensor, final long... shape) {
        return new Outline(tensor.type(), shape);
    }
}
