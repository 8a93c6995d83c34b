package org.gradienttape.data.source;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.gradienttape.data.PlainNumber;
import org.gradienttape.error.InvalidInputException;

/**
 * Which sample goes where. Samples are numbered through the training files and then the test files.
 *
 * @param training samples of the training part
 * @param heldOut samples of the held-out part; no sample is in both
 */
public record SplitPlan(BitSet training, BitSet heldOut) {
    /**
     * How large the parts are; known without the labels. Classes of few samples can make the held-out part smaller.
     *
     * @param training in the training part
     * @param heldOut in the held-out part
     */
    public record Sizes(int training, int heldOut) {}

    /**
     * How large the parts would be.
     *
     * @param trainingSamples how many the training files hold
     * @param testSamples how many the test files hold that are to be read; 0 without them
     */
    public static Sizes sizes(final ReadRequest.Split split, final int trainingSamples, final int testSamples) {
        final long all = (long) trainingSamples + testSamples;
        if (all > Integer.MAX_VALUE) {
            throw new InvalidInputException("At most " + Integer.MAX_VALUE
                    + " samples can be read, but the training and test files hold " + all + "; read fewer files.");
        }
        final int heldOut = heldOut(split.heldOut(), trainingSamples, (int) all);
        return new Sizes(split.limit().of((int) all - heldOut), split.limit().of(heldOut));
    }

    /**
     * Follows the settings.
     *
     * @param trainingSamples how many the training files hold
     * @param labels of all samples
     * @param classNames by label
     */
    public static SplitPlan of(
            final ReadRequest.Split split,
            final int trainingSamples,
            final int[] labels,
            final List<String> classNames) {
        final BitSet all = new BitSet(labels.length);
        all.set(0, labels.length);
        final int count = heldOut(split.heldOut(), trainingSamples, labels.length);
        final BitSet heldOut = heldOut(split.heldOut(), count, all, labels, classNames);
        all.andNot(heldOut);
        return new SplitPlan(
                limited(all, split.limit(), labels, classNames), limited(heldOut, split.limit(), labels, classNames));
    }

    /** The sizes of both parts. */
    public Sizes sizes() {
        return new Sizes(training.cardinality(), heldOut.cardinality());
    }

    private static int heldOut(final HeldOut rule, final int trainingSamples, final int all) {
        if (rule instanceof HeldOut.SourceTestFiles) {
            return all - trainingSamples;
        }
        if (rule instanceof HeldOut.LastSamples last) {
            if (last.count() >= all) {
                throw new InvalidInputException("The last " + last.count() + " samples were to be held out, but of "
                        + samples(all) + " some must be left to train on; hold out fewer.");
            }
            return last.count();
        }
        if (rule instanceof HeldOut.LastFraction last) {
            return count(last.fraction(), all);
        }
        if (rule instanceof HeldOut.RandomFraction random) {
            return count(random.fraction(), all);
        }
        return rule instanceof HeldOut.StratifiedFraction stratified ? count(stratified.fraction(), all) : 0;
    }

    private static String samples(final int count) {
        return count == 1 ? "1 sample" : count + " samples";
    }

    private static int count(final double fraction, final int all) {
        final int count = (int) Math.round(fraction * all);
        if (count < 1 || count >= all) {
            throw new InvalidInputException("A fraction of " + PlainNumber.of(fraction)
                    + " was to be held out, but of " + samples(all) + " that is " + count
                    + ", and both parts need at least one; choose another fraction.");
        }
        return count;
    }

    private static BitSet heldOut(
            final HeldOut rule, final int count, final BitSet samples, final int[] labels, final List<String> names) {
        if (rule instanceof HeldOut.RandomFraction random) {
            return drawn(count, random.seed(), labels.length);
        }
        if (rule instanceof HeldOut.StratifiedFraction stratified) {
            final BitSet drawn = new ClassDraw(labels, names, stratified.seed()).share(samples, count);
            if (drawn.isEmpty()) {
                throw new InvalidInputException("A part of each class was to be held out, but each of the "
                        + labels.length + " classes has one sample alone; hold out none or read more samples.");
            }
            return drawn;
        }
        final BitSet last = new BitSet(labels.length);
        last.set(labels.length - count, labels.length);
        return last;
    }

    /** Floyd's method (Bentley and Floyd, 1987): each set of so many samples is equally likely. */
    private static BitSet drawn(final int count, final long seed, final int all) {
        final BitSet chosen = new BitSet(all);
        final SplittableRandom random = new SplittableRandom(seed);
        for (int sample = all - count; sample < all; sample++) {
            final int candidate = random.nextInt(sample + 1);
            chosen.set(chosen.get(candidate) ? sample : candidate);
        }
        return chosen;
    }

    private static BitSet limited(
            final BitSet samples, final Limit limit, final int[] labels, final List<String> classNames) {
        final int count = limit.of(samples.cardinality());
        if (count == samples.cardinality()) {
            return samples;
        }
        return limit instanceof Limit.Even even
                ? new ClassDraw(labels, classNames, even.seed()).even(samples, count)
                : first(samples, count);
    }

    private static BitSet first(final BitSet samples, final int count) {
        int last = -1;
        for (int kept = 0; kept < count; kept++) {
            last = samples.nextSetBit(last + 1);
        }
        return samples.get(0, last + 1);
    }
}
