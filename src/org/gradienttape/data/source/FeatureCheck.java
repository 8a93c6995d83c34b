package org.gradienttape.data.source;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import org.gradienttape.column.Column;
import org.gradienttape.column.ColumnEncoding;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.OneHotEncoding;
import org.gradienttape.column.TokenEncoding;
import org.gradienttape.data.Dataset;

/** Looks for features that are the label itself, written in whatever way: each class has its own one value. */
public final class FeatureCheck {
    /** So many samples of each class, on average, cannot have such a feature by chance. */
    private static final int SAMPLES_PER_CLASS = 2;

    private static final int FEWEST_SAMPLES = 4;
    /** That are compared with one another; 4 MB. */
    private static final int NUMBERS_AT_ONCE = 1 << 20;

    private final Dataset dataset;
    /** By label; negative for classes that nobody has met yet. */
    private final int[] firstOfClass;

    private final BitSet suspects = new BitSet();

    /** Of each sample, one for each feature. */
    private final IntFunction<float[]> numbers;

    private FeatureCheck(final Dataset dataset, final IntFunction<float[]> numbers, final int features) {
        this.dataset = dataset;
        this.numbers = numbers;
        this.firstOfClass = new int[dataset.classes()];
        Arrays.fill(firstOfClass, -1);
        suspects.set(0, features);
    }

    /**
     * One sentence if there is such a feature.
     *
     * @param feature how a feature is named in a sentence, by its number from 0
     */
    public static List<String> warnings(final Dataset dataset, final IntFunction<String> feature) {
        return warnings(
                new FeatureCheck(
                        dataset, dataset::numbers, dataset.sampleShape().size()),
                feature);
    }

    /** The same of rows of a table: one sentence if there is such a column. */
    public static List<String> warningsOfColumns(final Dataset dataset) {
        final Encoding encoding = dataset.info().columns().orElseThrow().encoding();
        final List<Column> columns = encoding.features();
        return warnings(
                new FeatureCheck(dataset, sample -> columns(encoding, dataset.numbers(sample)), columns.size()),
                number -> "The column \"" + columns.get(number).name() + "\"");
    }

    /** One number for each column: for a category, which of its features is 1; for a text that is split, one of all tokens. */
    private static float[] columns(final Encoding encoding, final float[] features) {
        final float[] columns = new float[encoding.columns().size()];
        int first = 0;
        for (int i = 0; i < columns.length; i++) {
            final ColumnEncoding column = encoding.columns().get(i);
            int feature = first;
            while (column instanceof OneHotEncoding && feature < first + column.width() && features[feature] == 0) {
                feature++;
            }
            if (column instanceof TokenEncoding) {
                columns[i] = Arrays.hashCode(Arrays.copyOfRange(features, first, first + column.width()));
            } else {
                columns[i] = column instanceof OneHotEncoding ? feature : features[first];
            }
            first += column.width();
        }
        return columns;
    }

    private static List<String> warnings(final FeatureCheck check, final IntFunction<String> feature) {
        final Dataset dataset = check.dataset;
        final BitSet found = check.find();
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
                final float[] first = numbers.apply(firstOfClass[label]);
                clear(sample, (number, feature) -> number != first[feature]);
                continue;
            }
            firstOfClass[label] = sample;
            if (previous >= 0) {
                final float[] other = numbers.apply(previous);
                clear(sample, (number, feature) -> number == other[feature]);
            }
            previous = sample;
        }
        final int[] firsts =
                Arrays.stream(firstOfClass).filter(first -> first >= 0).toArray();
        if (firsts.length < 2 || dataset.samples() < Math.max(FEWEST_SAMPLES, SAMPLES_PER_CLASS * firsts.length)) {
            return new BitSet();
        }
        final int[] left = suspects.stream().toArray();
        final int most = Math.max(1, NUMBERS_AT_ONCE / firsts.length);
        for (int from = 0; from < left.length; from += most) {
            clearRepeated(Arrays.copyOfRange(left, from, Math.min(left.length, from + most)), firsts);
        }
        return suspects;
    }

    /** Clears those of the features that have one value in two of the samples; each sample is read once. */
    private void clearRepeated(final int[] features, final int[] samples) {
        final float[][] values = new float[features.length][samples.length];
        for (int sample = 0; sample < samples.length; sample++) {
            final float[] own = numbers.apply(samples[sample]);
            for (int i = 0; i < features.length; i++) {
                values[i][sample] = own[features[i]];
            }
        }
        for (int i = 0; i < features.length; i++) {
            Arrays.sort(values[i]);
            for (int sample = 1; sample < samples.length; sample++) {
                if (Float.compare(values[i][sample - 1], values[i][sample]) == 0) {
                    suspects.clear(features[i]);
                }
            }
        }
    }

    /** Whether a feature that had this number is no suspect any more. */
    @FunctionalInterface
    private interface Innocence {
        boolean proved(float number, int feature);
    }

    private void clear(final int sample, final Innocence innocence) {
        final float[] own = numbers.apply(sample);
        for (int feature = suspects.nextSetBit(0); feature >= 0; feature = suspects.nextSetBit(feature + 1)) {
            if (innocence.proved(own[feature], feature)) {
                suspects.clear(feature);
            }
        }
    }
}
