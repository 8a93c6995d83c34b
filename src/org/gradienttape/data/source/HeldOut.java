package org.gradienttape.data.source;

import org.gradienttape.data.PlainNumber;
import org.gradienttape.error.InvalidInputException;

/** Which samples are kept away from training. */
public sealed interface HeldOut {
    /** No sample. */
    record None() implements HeldOut {}

    /** The test files that belong to the source. */
    record SourceTestFiles() implements HeldOut {}

    /**
     * The last samples of the training files, in file order.
     *
     * @param count at least 1; Keras' guide holds out 10,000
     */
    record LastSamples(int count) implements HeldOut {
        public LastSamples {
            if (count < 1) {
                throw new InvalidInputException(
                        "The number of held-out samples must be at least 1, but it is " + count + ".");
            }
        }
    }

    /**
     * The last part of the samples of the training files, in file order.
     *
     * @param fraction of the samples, above 0 and below 1
     */
    record LastFraction(double fraction) implements HeldOut {
        public LastFraction {
            checkFraction(fraction);
        }
    }

    /**
     * Samples drawn at random from the training files; both parts stay in file order.
     *
     * @param fraction of the samples, above 0 and below 1
     * @param seed of the draw; the same seed draws the same samples
     */
    record RandomFraction(double fraction, long seed) implements HeldOut {
        public RandomFraction {
            checkFraction(fraction);
        }
    }

    /**
     * Samples drawn at random from the training files, the same share of each class; both parts stay in file order. Where
     * that is possible, each class has a sample in both parts; a class of one sample is for training.
     *
     * @param fraction of the samples, above 0 and below 1
     * @param seed of the draw; the same seed draws the same samples
     */
    record StratifiedFraction(double fraction, long seed) implements HeldOut {
        public StratifiedFraction {
            checkFraction(fraction);
        }
    }

    private static void checkFraction(final double fraction) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new InvalidInputException(
                    "The held-out fraction must be above 0 and below 1, but it is " + PlainNumber.of(fraction) + ".");
        }
    }
}
