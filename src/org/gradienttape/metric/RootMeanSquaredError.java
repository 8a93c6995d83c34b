package org.gradienttape.metric;

/** The square root of the mean squared error over all outputs of all samples, in the units of the targets: Keras' RootMeanSquaredError. */
public final class RootMeanSquaredError implements Metric {
    private final RootMeanSquared errors = new RootMeanSquared();

    @Override
    public String name() {
        return "Root mean squared error";
    }

    @Override
    public void update(final Predictions predictions, final Targets targets) {
        targets.mustBelongTo(predictions);
        for (int row = 0; row < targets.rows(); row++) {
            for (int column = 0; column < predictions.columns(); column++) {
                errors.update(
                        predictions.value(row, column),
                        targets.wanted(row, column, predictions.columns()),
                        targets.weight(row, column));
            }
        }
    }

    @Override
    public double result() {
        return errors.result();
    }

    @Override
    public void reset() {
        errors.reset();
    }
}
