package org.gradienttape.metric;

/** The share of samples whose one logit is above 0 for label 1 and not above 0 for label 0. */
public final class BinaryAccuracy implements Metric {
    private final Mean hits = new Mean();

    @Override
    public String name() {
        return "Accuracy";
    }

    @Override
    public void update(final Predictions predictions, final int[] labels) {
        if (labels.length != predictions.rows() || predictions.columns() != 1) {
            throw new IllegalArgumentException(predictions.rows() + " x " + predictions.columns()
                    + " predictions came with " + labels.length + " labels");
        }
        for (int row = 0; row < labels.length; row++) {
            hits.update(predictions.values()[row] > 0 == (labels[row] == 1) ? 1 : 0, 1);
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
