package org.gradienttape.metric;

/** The share of samples whose largest output is at their label. A label whose output is NaN is never right. */
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
            final boolean right =
                    predictions.largest(row) == labels[row] && !Float.isNaN(predictions.value(row, labels[row]));
            hits.update(right ? 1 : 0, 1);
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
