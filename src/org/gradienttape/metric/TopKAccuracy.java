package org.gradienttape.metric;

/**
 * The share of samples for whose label fewer than k columns have a larger output: Keras' SparseTopKCategoricalAccuracy.
 * Where outputs are equal, all of them count as being among the k largest; a label whose output is no finite number
 * does not.
 */
public final class TopKAccuracy implements Metric {
    private final int k;
    private final Mean hits = new Mean();

    /**
     * @param k at least 1
     */
    public TopKAccuracy(final int k) {
        this.k = k;
    }

    @Override
    public String name() {
        return "Top-" + k + " accuracy";
    }

    @Override
    public void update(final Predictions predictions, final Targets targets) {
        targets.mustBelongTo(predictions);
        for (int row = 0; row < targets.rows(); row++) {
            hits.update(isAmongLargest(predictions, row, targets.label(row)) ? 1 : 0, targets.weight(row));
        }
    }

    private boolean isAmongLargest(final Predictions predictions, final int row, final int label) {
        if (label < 0 || label >= predictions.columns()) {
            return false;
        }
        final float output = predictions.value(row, label);
        int larger = 0;
        for (int column = 0; column < predictions.columns(); column++) {
            if (predictions.value(row, column) > output) {
                larger++;
            }
        }
        return larger < k && Float.isFinite(output);
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
