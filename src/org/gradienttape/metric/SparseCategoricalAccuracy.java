package org.gradienttape.metric;

/** The share of samples whose largest output is at their label. */
public final class SparseCategoricalAccuracy implements Metric {
    private long right;
    private long seen;

    @Override
    public String name() {
        return "Accuracy";
    }

    @Override
    public void update(final Predictions predictions, final int[] labels) {
        if (labels.length != predictions.rows()) {
            throw new IllegalArgumentException(
                    predictions.rows() + " predictions came with " + labels.length + " labels");
        }
        for (int row = 0; row < labels.length; row++) {
            if (predictions.largest(row) == labels[row]) {
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
