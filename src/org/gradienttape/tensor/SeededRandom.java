package org.gradienttape.tensor;

import java.util.Optional;
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
    public Tensor mask(final double rate, final long... shape) {
        if (!(rate >= 0 && rate < 1)) {
            throw new TensorException("mask needs a rate of at least 0 and below 1, but it is " + rate);
        }
        final float kept = (float) (1 / (1 - rate));
        return machine.get().tensor(draw(() -> generator.nextDouble() < rate ? 0 : kept, shape), shape);
    }

    @Override
    public Tensor permutation(final int size) {
        if (size < 0) {
            throw new TensorException("permutation needs a size of at least 0, but it is " + size);
        }
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

    /** Workers that share a batch draw what one alone would, and take what belongs to their rows. */
    private float[] draw(final DoubleSupplier next, final long... shape) {
        final Optional<Rows> rows = machine.get().rows();
        final float[] numbers = new float[Shapes.count(shape)];
        if (rows.isEmpty() || !rows.get().areIn(shape)) {
            fill(numbers, 0, numbers.length, next);
            return numbers;
        }
        final Rows own = rows.get();
        final int perRow = numbers.length / (int) shape[0];
        for (int from = 0; from < numbers.length; from += own.count() * perRow) {
            skip((long) own.first() * perRow, next);
            fill(numbers, from, own.count() * perRow, next);
            skip((long) (own.all() - own.first() - own.count()) * perRow, next);
        }
        return numbers;
    }

    private static void fill(final float[] numbers, final int from, final int count, final DoubleSupplier next) {
        for (int i = from; i < from + count; i++) {
            numbers[i] = (float) next.getAsDouble();
        }
    }

    private static void skip(final long count, final DoubleSupplier next) {
        for (long i = 0; i < count; i++) {
            next.getAsDouble();
        }
    }
}
