package org.gradienttape.layer;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One weight that a layer owns, described and not yet filled.
 *
 * @param name the name within the layer as in Keras: "kernel", "bias"
 * @param shape Keras' layout: Dense kernels are [in, out]
 * @param initializer how it starts
 * @param fanIn inputs that one output sums over, for the initializer
 * @param fanOut outputs that one input reaches, for the initializer
 * @param trainable whether the optimizer changes it
 * @param given how it starts in place of the initializer
 */
public record WeightSpec(
        String name,
        Shape shape,
        Initializer initializer,
        int fanIn,
        int fanOut,
        boolean trainable,
        Optional<Given> given) {
    /**
     * The first numbers of a weight, where a user's layer gives them itself. The description says that there are some and not which,
     * so all are alike; a model file has them among its weights.
     */
    public static final class Given {
        /** Those of a model file. */
        public static final Given ELSEWHERE = new Given();

        private final float[] numbers;

        /** Takes a copy. */
        private Given(final float... numbers) {
            this.numbers = numbers.clone();
        }

        private void copyInto(final float[] values) {
            if (numbers.length != values.length) {
                throw new IllegalStateException("the numbers of this weight are in a model file");
            }
            System.arraycopy(numbers, 0, values, 0, numbers.length);
        }

        @Override
        public boolean equals(final Object other) {
            return other instanceof Given;
        }

        @Override
        public int hashCode() {
            return Given.class.hashCode();
        }
    }

    /** A weight that starts as its initializer says. */
    public WeightSpec(
            final String name,
            final Shape shape,
            final Initializer initializer,
            final int fanIn,
            final int fanOut,
            final boolean trainable) {
        this(name, shape, initializer, fanIn, fanOut, trainable, Optional.empty());
    }

    /** A weight with Keras' fans: those of a matrix, or of a kernel whose last two axes are inputs and outputs. */
    static WeightSpec of(final String name, final Initializer initializer, final boolean trainable, final Shape shape) {
        final int rank = shape.rank();
        if (rank < 2) {
            final int size = shape.size();
            return new WeightSpec(name, shape, initializer, size, size, trainable);
        }
        final int window = shape.size() / shape.last() / shape.dimension(rank - 2);
        return new WeightSpec(
                name, shape, initializer, window * shape.dimension(rank - 2), window * shape.last(), trainable);
    }

    /**
     * The same weight with the fans of a product: its first axes are inputs and the others outputs, as in Keras' EinsumDense
     * since 3.15.
     *
     * @param inputAxes how many of its axes are inputs
     */
    WeightSpec ofProduct(final int inputAxes) {
        final int inputs = new Shape(shape.dimensions().subList(0, inputAxes)).size();
        return new WeightSpec(name, shape, initializer, inputs, shape.size() / inputs, trainable);
    }

    /** The same weight, which starts with these numbers. */
    WeightSpec starting(final float[] numbers) {
        return new WeightSpec(name, shape, initializer, fanIn, fanOut, trainable, Optional.of(new Given(numbers)));
    }

    /** How it starts. */
    void fill(final float[] values, final RandomGenerator random) {
        given.ifPresentOrElse(numbers -> numbers.copyInto(values), () -> initializer.fill(values, this, random));
    }

    /** The same weight, which the optimizer leaves alone. */
    WeightSpec frozen() {
        return new WeightSpec(name, shape, initializer, fanIn, fanOut, false, given);
    }

    /** The same weight of a layer that belongs to another one. */
    WeightSpec under(final String owner) {
        return new WeightSpec(owner + "/" + name, shape, initializer, fanIn, fanOut, trainable, given);
    }
}
