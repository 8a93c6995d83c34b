package org.gradienttape.tensor;

/** Random numbers that depend on the node's seed alone: the same seed gives the same numbers in every run. */
public interface RandomSource {
    /**
     * From the standard normal distribution: {@code tf.random.normal(shape)}, {@code torch.randn(shape)}.
     *
     * @param shape for example 64, 128
     * @return float32
     */
    Tensor normal(long... shape);

    /**
     * Uniform numbers: {@code tf.random.uniform(shape, low, high)}.
     *
     * @param low included
     * @param high excluded
     * @return float32
     */
    Tensor uniform(double low, double high, long... shape);

    /**
     * What dropout multiplies by: each number is 0 with this probability and else 1 / (1 - rate).
     *
     * @param rate at least 0, below 1
     * @return float32
     */
    Tensor mask(double rate, long... shape);

    /**
     * The numbers from 0 to size - 1 in random order: {@code torch.randperm(size)}.
     *
     * @return [size], int64
     */
    Tensor permutation(int size);

    /** One number from the uniform distribution over [0, 1). */
    double uniform();

    /** One number from the standard normal distribution. */
    double normal();

    /**
     * One number from the beta distribution, between 0 and 1.
     *
     * @param alpha above 0
     * @param beta above 0
     */
    double beta(double alpha, double beta);
}
