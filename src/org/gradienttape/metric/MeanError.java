package org.gradienttape.metric;

import java.util.function.DoubleUnaryOperator;

/**
 * The mean, over all outputs of all samples, of what an error costs: Keras' MeanSquaredError and MeanAbsoluteError. The
 * error is the output as it is, less 1 in the label's column and 0 in others, or less the label if there is one column.
 */
public final class MeanError implements Metric {
    private final String name;
    private final DoubleUnaryOperator cost;
    private final Mean mean = new Mean();

    private MeanError(final String name, final DoubleUnaryOperator cost) {
        this.name = name;
        this.cost = cost;
    }

    public static MeanError squared() {
        return new MeanError("Mean squared error", error -> error * error);
    }

    public static MeanError absolute() {
        return new MeanError("Mean absolute error", Math::abs);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void update(final Predictions predictions, final Targets targets) {
        targets.mustBelongTo(predictions);
        for (int row = 0; row < targets.rows(); row++) {
            for (int column = 0; column < predictions.columns(); column++) {
                final double error =
                        (double) predictions.value(row, column) - targets.wanted(row, column, predictions.columns());
                mean.update(cost.applyAsDouble(error), targets.weight(row, column));
            }
        }
    }

    @Override
    public double result() {
        return mean.result();
    }

    @Override
    public void reset() {
        mean.reset();
    }
}
