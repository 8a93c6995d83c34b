package org.gradienttape.metric;

/** The share of samples whose one output is above a threshold for label 1 and not above it for label 0. */
public final class BinaryAccuracy implements Metric {
    private final double threshold;
    private final Mean hits = new Mean();

    /**
     * @param threshold 0 for logits, 0.5 for probabilities
     */
    public BinaryAccuracy(final double threshold) {
        this.threshold = threshold;
    }

    @Override
    public String name() {
        return "Accuracy";
    }

    @Override
    public void update(final Predictions predictions, final int[] labels) {
        predictions.mustBelongTo(labels);
        if (predictions.columns() != 1) {
            throw new IllegalArgumentException("one output was expected, but there are " + predictions.columns());
        }
        for (int row = 0; row < labels.length; row++) {
            hits.update((predictions.value(row, 0) > threshold ? 1 : 0) == labels[row] ? 1 : 0, 1);
        }
    }

    @Override
    public double result() {
        return hits.result();
    }

    @Override
    public void reset() {
        hits.reset();
    }
}
