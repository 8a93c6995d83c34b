package org.gradienttape.metric;

import java.util.Arrays;

/** How often each true class was predicted as each class; with the life cycle of a metric: update, counts, reset. */
public final class ConfusionMatrix {
    private final long[][] counts;

    /**
     * @param classes how many there are
     */
    public ConfusionMatrix(final int classes) {
        this.counts = new long[classes][classes];
    }

    /**
     * Takes one sample in.
     *
     * @param label its true class
     * @param predicted the class that was said
     */
    public void update(final int label, final int predicted) {
        counts[label][predicted]++;
    }

    public int classes() {
        return counts.length;
    }

    /** Samples of one true class that were predicted as another, or as itself. */
    public long count(final int label, final int predicted) {
        return counts[label][predicted];
    }

    /** All samples of a true class. */
    public long labelled(final int label) {
        return Arrays.stream(counts[label]).sum();
    }

    /** All samples that were predicted as a class. */
    public long predicted(final int predicted) {
        return Arrays.stream(counts).mapToLong(row -> row[predicted]).sum();
    }

    /** Samples that were predicted as what they are. */
    public long hits() {
        long hits = 0;
        for (int i = 0; i < counts.length; i++) {
            hits += counts[i][i];
        }
        return hits;
    }

    public long samples() {
        return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    }

    public void reset() {
        Arrays.stream(counts).forEach(row -> Arrays.fill(row, 0));
    }
}
