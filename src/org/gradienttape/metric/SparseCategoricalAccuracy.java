package org.gradienttape.metric;

/** The share of samples whose largest output is at their label. A label whose output is NaN is never right. */
public final class SparseCategoricalAccuracy implements Metric {
    private final Mean hits = new Mean();

    @Override
    public String name() {
        return "Accuracy";
    }

    @Override
    public void update(final Predictions predictions, final Targets targets) {
        targets.mustBelongTo(predictions);
        for (int row = 0; row < targets.rows(); row++) {
            final boolean right = predictions.largest(row) == targets.label(row)
                    && !Float.isNaN(predictions.value(row, targets.label(row)));
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
