package org.gradienttape.metric;

/**
 * The share of samples whose one output is above a threshold for label 1 and not above it for label 0. An output that is
 * NaN is never right.
 */
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
    public void update(final Predictions predictions, final Targets targets) {
        targets.mustBelongTo(predictions);
        if (predictions.columns() != 1) {
            throw new IllegalArgumentException("one output was expected, but there are " + predictions.columns());
        }
        for (int row = 0; row < targets.rows(); row++) {
            final float output = predictions.value(row, 0);
            final int label = targets.label(row);
            final boolean right = label == 1 ? output > threshold : label == 0 && output <= threshold;
            hits.update(right ? 1 : 0, targets.weight(row));
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
