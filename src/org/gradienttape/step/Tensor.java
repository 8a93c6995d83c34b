package org.gradienttape.step;

/**
 * Numbers of one kind in a box of any number of axes. No operation changes a tensor; each gives a new one.
 *
 * <p>Shapes are combined as in NumPy: axes are compared from the last one, and an axis of size 1 is repeated. An axis
 * may be given from the end: -1 is the last one.
 *
 * <p>A tensor lives until its step is over and need not be closed. What shall last goes into a {@link Variable} or, as
 * numbers, into fields of Java.
 */
public interface Tensor {
    /** The size of each axis; empty for one number. */
    long[] shape();

    /** The size of one axis. */
    long size(int axis);

    /** The only number, also of whole numbers. Waits until it is computed. */
    double item();

    /** All numbers, row-major. */
    float[] toFloatArray();

    /** All whole numbers, row-major. */
    long[] toLongArray();

    /** As float32; true becomes 1. */
    Tensor toFloat();

    /** As int64; fractions are cut off. */
    Tensor toInt64();

    /** The same numbers as a constant, which no gradient passes: {@code tf.stop_gradient}. */
    Tensor detach();

    Tensor add(Tensor other);

    Tensor add(double other);

    Tensor sub(Tensor other);

    Tensor sub(double other);

    /** Number by number; for matrices see {@link #matmul}. */
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

    /** The larger of both. */
    Tensor maximum(Tensor other);

    Tensor maximum(double other);

    /** The smaller of both. */
    Tensor minimum(Tensor other);

    Tensor minimum(double other);

    /** Not below low, not above high: {@code keras.ops.clip}, {@code torch.clamp}. */
    Tensor clip(double low, double high);

    /** Where it is greater; comparisons give true and false, see {@link #toFloat}. */
    Tensor gt(Tensor other);

    Tensor gt(double other);

    /** Where it is less. */
    Tensor lt(Tensor other);

    Tensor lt(double other);

    /** Where both are equal. */
    Tensor eq(Tensor other);

    /** The sum of all numbers, shape []. */
    Tensor sum();

    /** Sums over these axes, which go away. */
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

    /** Where the largest number of the axis is, int64; the axis goes away. */
    Tensor argmax(int axis);

    /** The square root of the sum of squares, shape []. */
    Tensor norm();

    /** exp(x), divided by its sum over the axis. */
    Tensor softmax(int axis);

    /** log of the softmax, without overflow. */
    Tensor logSoftmax(int axis);

    /** log of the sum of exp over the axis, which goes away, without overflow. */
    Tensor logsumexp(int axis);

    /**
     * The matrix product of the last two axes.
     *
     * @param other [.., columns of this, columns]
     * @return [.., rows of this, columns]
     */
    Tensor matmul(Tensor other);

    /**
     * 1 at the place that each whole number says, 0 elsewhere.
     *
     * @param classes size of the new last axis
     * @return float32
     */
    Tensor oneHot(int classes);

    /** The same numbers in another shape; one size may be -1, which is then computed. */
    Tensor reshape(long... shape);

    /** [first axis, all others in one]: Keras' Flatten. */
    Tensor flatten();

    /** Axes in another order: {@code tf.transpose(x, perm)}, {@code torch.permute}. */
    Tensor permute(int... axes);

    /** Puts an axis of size 1 at this place: {@code tf.expand_dims}. */
    Tensor unsqueeze(int axis);

    /** Takes an axis of size 1 away. */
    Tensor squeeze(int axis);

    /** The entries from (included) to (not included) along an axis: x[from:to]. */
    Tensor slice(int axis, long from, long to);

    /**
     * The entries at these places of an axis: {@code tf.gather(x, indices, axis)}, {@code torch.index_select}.
     *
     * @param indices [any number], int64
     */
    Tensor take(Tensor indices, int axis);
}
