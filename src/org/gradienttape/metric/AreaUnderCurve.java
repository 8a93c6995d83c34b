package org.gradienttape.metric;

import java.util.Arrays;

/**
 * The area under the receiver operating characteristic, the curve of the true over the false positive rate: Keras' AUC
 * with its 200 thresholds between 0 and 1 and linear interpolation. The outputs of all classes are counted together.
 * Undefined as long as one of positives and negatives is missing, and when an output is NaN, which has no place in an order.
 */
public final class AreaUnderCurve implements Metric {
    private static final int THRESHOLDS = 200;

    private final Outputs outputs;
    /** The weight of the probabilities that are above so many thresholds: at least the first, which lies just below 0. */
    private final double[] positives = new double[THRESHOLDS + 1];

    private final double[] negatives = new double[THRESHOLDS + 1];
    private boolean hasNan;

    public AreaUnderCurve(final Outputs outputs) {
        this.outputs = outputs;
    }

    @Override
    public String name() {
        return "AUC";
    }

    @Override
    public void update(final Predictions predictions, final Targets targets) {
        targets.mustBelongTo(predictions);
        final double[] probabilities = outputs.probabilities(predictions);
        for (int row = 0; row < targets.rows(); row++) {
            for (int column = 0; column < predictions.columns(); column++) {
                final boolean truth = targets.wanted(row, column, predictions.columns()) == 1;
                final double probability = probabilities[row * predictions.columns() + column];
                hasNan |= Double.isNaN(probability);
                (truth ? positives : negatives)[passed(probability)] += targets.weight(row);
            }
        }
    }

    /** How many thresholds lie below: -epsilon, 1 / 199, 2 / 199 up to 198 / 199, 1 + epsilon. */
    private static int passed(final double probability) {
        final double within = Math.min(Math.max(probability, 0), 1);
        return Math.max(1, (int) Math.ceil(within * (THRESHOLDS - 1)));
    }

    @Override
    public double result() {
        final double allPositives = sum(positives);
        final double allNegatives = sum(negatives);
        if (hasNan || allPositives == 0 || allNegatives == 0) {
            return Double.NaN;
        }
        double twicePairs =
                0; // whole numbers where all samples count alike, so that all in the right order is 1 and not almost 1
        double truePositives = 0;
        for (int passed = THRESHOLDS; passed > 0; passed--) {
            final double before = truePositives;
            truePositives += positives[passed];
            twicePairs += negatives[passed] * (before + truePositives);
        }
        return twicePairs / (2 * allPositives * allNegatives);
    }

    @Override
    public void reset() {
        Arrays.fill(positives, 0);
        Arrays.fill(negatives, 0);
        hasNan = false;
    }

    private static double sum(final double[] counts) {
        return Arrays.stream(counts).sum();
    }
}
