package org.gradienttape.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * The harmonic mean of precision and recall. With several columns each class has its own, the largest probability of a
 * row saying yes, and the result is their unweighted mean over the classes that occur as label or prediction: scikit-learn's
 * average "macro". Keras' F1Score with that average counts a class that nobody has, too, as 0. With one column it is that of
 * label 1, yes being a probability above 0.5 (Keras' threshold 0.5).
 */
public final class F1Score implements Metric {
    private final Outputs outputs;
    private final List<Decisions> columns = new ArrayList<>();

    public F1Score(final Outputs outputs) {
        this.outputs = outputs;
    }

    @Override
    public String name() {
        return "F1";
    }

    @Override
    public void update(final Predictions predictions, final Targets targets) {
        while (columns.size() < predictions.columns()) {
            columns.add(new Decisions());
        }
        if (predictions.columns() == 1) {
            columns.get(0).addAll(predictions, outputs, targets);
            return;
        }
        targets.mustBelongTo(predictions);
        for (int row = 0; row < targets.rows(); row++) {
            final float largest = predictions.value(row, predictions.largest(row));
            for (int column = 0; column < predictions.columns(); column++) {
                final boolean said = predictions.value(row, column) >= largest && !isZero(largest);
                columns.get(column).add(said, column == targets.label(row), targets.weight(row));
            }
        }
    }

    /** As in Keras, a row of zeros says nothing; only numbers that are taken as they are can be 0. */
    private boolean isZero(final float largest) {
        return outputs == Outputs.NUMBERS && Math.abs(largest) <= 1e-9;
    }

    @Override
    public double result() {
        return columns.stream()
                .mapToDouble(Decisions::f1)
                .filter(score -> !Double.isNaN(score))
                .average()
                .orElse(Double.NaN);
    }

    @Override
    public void reset() {
        columns.forEach(Decisions::reset);
    }
}
