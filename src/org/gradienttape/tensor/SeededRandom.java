package org.gradienttape.tensor;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Random numbers for steps and layers, from a generator of the run. */
public final class SeededRandom implements RandomSource {
    private final RandomGenerator training;
    private final Supplier<Machine> machine;
    private RandomGenerator generator;

    /**
     * @param machine takes the operations of the step that is under way
     */
    public SeededRandom(final RandomGenerator generator, final Supplier<Machine> machine) {
        this.training = generator;
        this.machine = machine;
        this.generator = generator;
    }

    /** Numbers come from another generator until {@link #train}. */
    public void validate(final RandomGenerator other) {
        generator = other;
    }

    /** Numbers come from the run's own generator. */
    public void train() {
        generator = training;
    }

    @Override
    public Tensor normal(final long... shape) {
        return machine.get().tensor(draw(generator::nextGaussian, shape), shape);
    }

    @Override
    public Tensor uniform(final double low, final double high, final long... shape) {
        return machine.get().tensor(draw(() -> low + (high - low) * generator.nextDouble(), shape), shape);
    }

    @Override
    public Tensor permutation(final int size) {
        final long[] numbers = new long[size];
        for (int i = 0; i < size; i++) {
            final int other = generator.nextInt(i + 1);
            numbers[i] = numbers[other];
            numbers[other] = i;
        }
        return machine.get().tensor(numbers, size);
    }

    @Override
    public double uniform() {
        return generator.nextDouble();
    }

    @Override
    public double normal() {
        return generator.nextGaussian();
    }

    @Override
    public double beta(final double alpha, final double beta) {
        if (!(alpha > 0 && beta > 0)) {
            throw new TensorException(
                    "beta(alpha, beta) needs numbers above 0, but they are " + alpha + " and " + beta);
        }
        final double one = gamma(alpha);
        final double other = gamma(beta);
        return one + other == 0 ? 0.5 : one / (one + other);
    }

    /**
     * From the gamma distribution of this shape and scale 1: Marsaglia and Tsang, "A simple method for generating gamma
     * variables", 2000; shapes below 1 by their note on u^(1 / shape).
     */
    private double gamma(final double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * Math.pow(generator.nextDouble(), 1 / shape);
        }
        final double d = shape - 1.0 / 3;
        while (true) {
            final double x = generator.nextGaussian();
            final double v = Math.pow(1 + x / Math.sqrt(9 * d), 3);
            if (v > 0 && Math.log(generator.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }

    private static float[] draw(final DoubleSupplier next, final long... shape) {
        final float[] numbers = new float[Shapes.count(shape)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) next.getAsDouble();
        }
        return numbers;
    }
}
