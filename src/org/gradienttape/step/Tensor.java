package org.gradienttape.step;

/**
 * An array of numbers of one type, with any number of axes. No operation changes a tensor; each returns a new one.
 *
 * <p>Shapes are combined as in NumPy: axes are compared from the last one, and an axis of size 1 is repeated. An axis
 * may be given from the end: -1 is the last one.
 *
 * <p>A tensor lives until its step is over and need not be closed. What is to last longer goes into a {@link Variable} or,
 * as plain numbers, into fields of the class.
 */
public interface Tensor {
    /** The size of each axis; empty for a single number. */
    long[] shape();

    /** The size of one axis. */
    long size(int axis);

    /** The number of a tensor that holds only one. Waits until it has been computed. */
    double item();

    /** All numbers, row-major. */
    float[] toFloatArray();

    /** All numbers of a tensor of whole numbers, row-major. */
    long[] toLongArray();

    /** As float32; true becomes 1. */
    Tensor toFloat();

    /** As int64; the fraction is dropped. */
    Tensor toInt64();

    /** The same numbers as a constant, through which no gradient passes: {@code tf.stop_gradient}. */
    Tensor detach();

    Tensor add(Tensor other);

    Tensor add(double other);

    Tensor sub(Tensor other);

    Tensor sub(double other);

    /** Element by element; for the product of matrices see {@link #matmul}. */
    Tensor mul(Tensor other);

    Tensor mul(double other);

    Tensor div(Tensor other);

    Tensor div(double other);

    Tensor pow(double exponent);

    Tensor neg();

    Tensor abs();

    /** -1, 0 or 1. */
    Tensor sign();

    Tensor square();

    Tensor sqrt();

    Tensor exp();

    /** The natural logarithm. */
    Tensor log();

    Tensor sin();

    Tensor cos();

    Tensor tanh();

    /** 1 / (1 + exp(-x)). */
    Tensor sigmoid();

    /** max(x, 0). */
    Tensor relu();

    /** log(1 + exp(x)), without overflow. */
    Tensor softplus();

    /** The larger of the two, element by element. */
    Tensor maximum(Tensor other);

    Tensor maximum(double other);

    /** The smaller of the two, element by element. */
    Tensor minimum(Tensor other);

    Tensor minimum(double other);

    /** No number below low, none above high: {@code keras.ops.clip}, {@code torch.clamp}. */
    Tensor clip(double low, double high);

    /** True where this one is greater, false elsewhere; {@link #toFloat} makes numbers of it. */
    Tensor gt(Tensor other);

    Tensor gt(double other);

    /** True where this one is less. */
    Tensor lt(Tensor other);

    Tensor lt(double other);

    /** True where both are equal. */
    Tensor eq(Tensor other);

    /** The sum of all numbers, shape []. */
    Tensor sum();

    /** The sums over these axes, which are removed. */
    Tensor sum(int... axes);

    /** The mean of all numbers, shape []. */
    Tensor mean();

    Tensor mean(int... axes);

    /** The largest number, shape []. */
    Tensor max();

    Tensor max(int axis);

    /** The smallest number, shape []. */
    Tensor min();

    Tensor min(int axis);

    /** The place of the largest number along the axis, int64; the axis is removed. */
    Tensor argmax(int axis);

    /** The square root of the sum of squares, shape []. */
    Tensor norm();

    /** exp(x), divided by its sum over the axis. */
    Tensor softmax(int axis);

    /** The log of the softmax, without overflow. */
    Tensor logSoftmax(int axis);

    /** The log of the sum of exp(x) over the axis, which is removed; without overflow. */
    Tensor logsumexp(int axis);

    /**
     * The matrix product of the last two axes.
     *
     * @param other [.., columns of this, columns]
     * @return [.., rows of this, columns]
     */
    Tensor matmul(Tensor other);

    /**
     * For each whole number a row with 1 at that place and 0 elsewhere.
     *
     * @param classes size of the new last axis
     * @return float32
     */
    Tensor oneHot(int classes);

    /** The same numbers in another shape; one size may be -1, which is then computed. */
    Tensor reshape(long... shape);

    /** Keeps the first axis and joins all others into one: Keras' Flatten. */
    Tensor flatten();

    /** Axes in another order: {@code tf.transpose(x, perm)}, {@code torch.permute}. */
    Tensor permute(int... axes);

    /** Inserts an axis of size 1 at this place: {@code tf.expand_dims}. */
    Tensor unsqueeze(int axis);

    /** Removes an axis of size 1. */
    Tensor squeeze(int axis);

    /** The entries of an axis from one index, included, to another, excluded: x[from:to]. */
    Tensor slice(int axis, long from, long to);

    /**
     * The entries at these places of an axis: {@code tf.gather(x, indices, axis)}, {@code torch.index_select}.
     *
     * @param indices [any number], int64
     */
    Tensor take(Tensor indices, int axis);
}
