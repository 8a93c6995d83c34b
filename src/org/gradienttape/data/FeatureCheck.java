package org.gradienttape.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/** Looks for features that are the label itself, written in whatever way: each class has its own one value. */
final class FeatureCheck {
    /** So many samples of each class, on average, cannot have such a feature by chance. */
    private static final int SAMPLES_PER_CLASS = 2;

    private static final int FEWEST_SAMPLES = 4;

    private final Dataset dataset;
    /** By label; negative for classes that nobody has met yet. */
    private final int[] firstOfClass;

    private final BitSet suspects = new BitSet();

    private FeatureCheck(final Dataset dataset) {
        this.dataset = dataset;
        this.firstOfClass = new int[dataset.classes()];
        Arrays.fill(firstOfClass, -1);
        suspects.set(0, dataset.sampleShape().size());
    }

    /**
     * One sentence if there is such a feature.
     *
     * @param feature how a feature is named in a sentence, by its number from 0
     */
    static List<String> warnings(final Dataset dataset, final IntFunction<String> feature) {
        final BitSet found = new FeatureCheck(dataset).find();
        if (found.isEmpty()) {
            return List.of();
        }
        final int more = found.cardinality() - 1;
        return List.of(feature.apply(found.nextSetBit(0)) + (more > 0 ? " (and " + more + " more)" : "") + " of "
                + dataset.name() + " tells the label by itself in all " + dataset.samples()
                + " samples to train on; remove it unless it is known of new samples, too.");
    }

    /** Nearly all features fail within the first samples, so that no more are read. */
    private BitSet find() {
        int previous = -1;
        for (int sample = 0; sample < dataset.samples() && !suspects.isEmpty(); sample++) {
            final int label = dataset.label(sample);
            if (firstOfClass[label] >= 0) {
                final float[] first = dataset.numbers(firstOfClass[label]);
                clear(sample, (number, feature) -> number != first[feature]);
                continue;
            }
            firstOfClass[label] = sample;
            if (previous >= 0) {
                final float[] other = dataset.numbers(previous);
                clear(sample, (number, feature) -> number == other[feature]);
            }
            previous = sample;
        }
        final int[] firsts =
                Arrays.stream(firstOfClass).filter(first -> first >= 0).toArray();
        if (firsts.length < 2 || dataset.samples() < Math.max(FEWEST_SAMPLES, SAMPLES_PER_CLASS * firsts.length)) {
            return new BitSet();
        }
        for (final int feature : suspects.stream().toArray()) {
            suspects.set(feature, differs(feature, firsts));
        }
        return suspects;
    }

    /** Whether a feature that had this number is no suspect any more. */
    @FunctionalInterface
    private interface Innocence {
        boolean proved(float number, int feature);
    }

    private void clear(final int sample, final Innocence innocence) {
        final float[] numbers = dataset.numbers(sample);
        for (int feature = suspects.nextSetBit(0); feature >= 0; feature = suspects.nextSetBit(feature + 1)) {
            if (innocence.proved(numbers[feature], feature)) {
                suspects.clear(feature);
            }
        }
    }

    /** Whether the feature has another value in each of these samples. */
    private boolean differs(final int feature, final int[] samples) {
        return Arrays.stream(samples)
                        .mapToObj(sample -> dataset.numbers(sample)[feature])
                        .distinct()
                        .count()
                == samples.length;
    }
}
