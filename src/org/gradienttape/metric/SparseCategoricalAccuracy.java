package org.gradienttape.metric;

/** The share of samples whose largest output is at their label. */
public final class SparseCategoricalAccuracy implements Metric {
    private final Mean hits = new Mean();

    @Override
    public String name() {
        return "Accuracy";
    }

    @Override
    public void update(final Predictions predictions, final int[] labels) {
        predictions.mustBelongTo(labels);
        for (int row = 0; row < labels.length; row++) {
            hits.update(predictions.largest(row) == labels[row] ? 1 : 0, 1);
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
