package org.gradienttape.data.source;

import org.gradienttape.error.InvalidInputException;

/** How many samples there may be in each of the two parts, after the held-out part is taken. Both stay in file order. */
public sealed interface Limit {
    /** How many are left of so many samples. */
    int of(int samples);

    /** All samples. */
    record None() implements Limit {
        @Override
        public int of(final int samples) {
            return samples;
        }
    }

    /** The first samples, in file order. */
    record First(int count) implements Limit {
        public First {
            check(count);
        }

        @Override
        public int of(final int samples) {
            return Math.min(count, samples);
        }
    }

    /**
     * Samples drawn at random, as many of each class as of the others, as far as a class has them.
     *
     * @param seed of the draw; the same seed draws the same samples
     */
    record Even(int count, long seed) implements Limit {
        public Even {
            check(count);
        }

        @Override
        public int of(final int samples) {
            return Math.min(count, samples);
        }
    }

    private static void check(final int count) {
        if (count < 1) {
            throw new InvalidInputException(
                    "The limit must be at least 1, but it is " + count + "; switch it off to read all samples.");
        }
    }
}
