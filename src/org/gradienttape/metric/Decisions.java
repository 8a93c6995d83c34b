package org.gradienttape.metric;

/** Counts right and wrong decisions: whether a number says yes, and whether yes is the truth. */
final class Decisions {
    private long truePositives;
    private long falsePositives;
    private long falseNegatives;

    void add(final boolean said, final boolean truth) {
        if (said && truth) {
            truePositives++;
        } else if (said) {
            falsePositives++;
        } else if (truth) {
            falseNegatives++;
        }
    }

    /** Each output of the batch is one decision: yes above probability 0.5. */
    void addAll(final Predictions predictions, final Outputs outputs, final int[] labels) {
        predictions.mustBelongTo(labels);
        final double[] probabilities = outputs.probabilities(predictions);
        for (int row = 0; row < labels.length; row++) {
            for (int column = 0; column < predictions.columns(); column++) {
                add(
                        probabilities[row * predictions.columns() + column] > 0.5,
                        predictions.target(column, labels[row]) == 1);
            }
        }
    }

    /** The share of the truth among what was said; NaN if nothing was said. */
    double precision() {
        return share(truePositives, truePositives + falsePositives);
    }

    /** The share of the truth that was said; NaN if there is none. */
    double recall() {
        return share(truePositives, truePositives + falseNegatives);
    }

    /** The harmonic mean of precision and recall; NaN if there is neither a truth nor anything said. */
    double f1() {
        return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }

    void reset() {
        truePositives = 0;
        falsePositives = 0;
        falseNegatives = 0;
    }

    private static double share(final long part, final long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
