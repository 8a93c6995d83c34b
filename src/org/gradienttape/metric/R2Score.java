package org.gradienttape.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * The coefficient of determination: 1 less the ratio of the squared errors to the squared deviations of the targets from their
 * mean. The mean over the outputs: Keras' R2Score with its default uniform_average. Undefined where all targets are equal.
 */
public final class R2Score implements Metric {
    private final List<RSquared> outputs = new ArrayList<>();

    @Override
    public String name() {
        return "R²";
    }

    @Override
    public void update(final Predictions predictions, final Targets targets) {
        targets.mustBelongTo(predictions);
        while (outputs.size() < predictions.columns()) {
            outputs.add(new RSquared());
        }
        for (int row = 0; row < targets.rows(); row++) {
            for (int column = 0; column < predictions.columns(); column++) {
                outputs.get(column)
                        .update(
                                predictions.value(row, column),
                                targets.wanted(row, column, predictions.columns()),
                                targets.weight(row, column));
            }
        }
    }

    @Override
    public double result() {
        return RSquared.average(outputs);
    }

    @Override
    public void reset() {
        outputs.forEach(RSquared::reset);
    }
}
