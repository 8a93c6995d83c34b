package org.gradienttape.metric;

/** The share of samples whose one logit is above 0 for label 1 and not above 0 for label 0. */
public final class BinaryAccuracy implements Metric {
    private long right;
    private long seen;

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
            if (predictions.values()[row] > 0 == (labels[row] == 1)) {
                right++;
            }
        }
        seen += labels.length;
    }

    @Override
    public double result() {
        return seen == 0 ? 0 : (double) right / seen;
    }

    @Override
    public void reset() {
        right = 0;
        seen = 0;
    }
}
