package org.gradienttape.data;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.gradienttape.error.InvalidInputException;

/**
 * Which sample goes where. Samples are numbered through the training files and then the test files.
 *
 * @param training samples of the training part
 * @param heldOut samples of the held-out part; no sample is in both
 */
record SplitPlan(BitSet training, BitSet heldOut) {
    /**
     * Follows the settings.
     *
     * @param trainingSamples how many the training files hold
     * @param testSamples how many the test files hold that are to be read; 0 without them
     */
    static SplitPlan of(final ReadRequest.Split split, final int trainingSamples, final int testSamples) {
        final long all = (long) trainingSamples + testSamples;
        if (all > Integer.MAX_VALUE) {
            throw new InvalidInputException("At most " + Integer.MAX_VALUE
                    + " samples can be read, but the training and test files hold " + all + "; read fewer files.");
        }
        final BitSet heldOut = heldOut(split.heldOut(), trainingSamples, (int) all);
        final BitSet training = new BitSet((int) all);
        training.set(0, (int) all);
        training.andNot(heldOut);
        limit(training, split.limit());
        limit(heldOut, split.limit());
        return new SplitPlan(training, heldOut);
    }

    private static BitSet heldOut(final HeldOut rule, final int trainingSamples, final int all) {
        final BitSet chosen = new BitSet(all);
        if (rule instanceof HeldOut.SourceTestFiles) {
            chosen.set(trainingSamples, all);
        } else if (rule instanceof HeldOut.LastSamples last) {
            if (last.count() >= all) {
                throw new InvalidInputException(
                        "The last " + last.count() + " samples were to be held out, but there are" + " only " + all
                                + " samples and some must be left to train on; hold out fewer.");
            }
            chosen.set(all - last.count(), all);
        } else if (rule instanceof HeldOut.RandomFraction random) {
            draw(chosen, random, all);
        }
        return chosen;
    }

    /** Floyd's method (Bentley and Floyd, 1987): each set of so many samples is equally likely. */
    private static void draw(final BitSet chosen, final HeldOut.RandomFraction rule, final int all) {
        final int count = (int) Math.round(rule.fraction() * all);
        if (count < 1 || count >= all) {
            throw new InvalidInputException("A fraction of " + rule.fraction() + " was to be held out, but of " + all
                    + " samples that is " + count + ", and both parts need at least one; choose another fraction.");
        }
        final SplittableRandom random = new SplittableRandom(rule.seed());
        for (int sample = all - count; sample < all; sample++) {
            final int candidate = random.nextInt(sample + 1);
            chosen.set(chosen.get(candidate) ? sample : candidate);
        }
    }

    /** Keeps the first so many. */
    private static void limit(final BitSet samples, final int limit) {
        if (limit > 0 && samples.cardinality() > limit) {
            int last = -1;
            for (int kept = 0; kept < limit; kept++) {
                last = samples.nextSetBit(last + 1);
            }
            samples.clear(last + 1, samples.length());
        }
    }
}
