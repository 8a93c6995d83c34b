package org.gradienttape.metric;

/** Counts right and wrong decisions by their weight: whether a number says yes, and whether yes is the truth. */
final class Decisions {
    private double truePositives;
    private double falsePositives;
    private double falseNegatives;

    void add(final boolean said, final boolean truth, final double weight) {
        if (said && truth) {
            truePositives += weight;
        } else if (said) {
            falsePositives += weight;
        } else if (truth) {
            falseNegatives += weight;
        }
    }

    /** Each output of the batch is one decision: yes above probability 0.5. */
    void addAll(final Predictions predictions, final Outputs outputs, final Targets targets) {
        targets.mustBelongTo(predictions);
        final double[] probabilities = outputs.probabilities(predictions);
        for (int row = 0; row < targets.rows(); row++) {
            for (int column = 0; column < predictions.columns(); column++) {
                add(
                        probabilities[row * predictions.columns() + column] > 0.5,
                        targets.wanted(row, column, predictions.columns()) == 1,
                        targets.weight(row));
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

    private static double share(final double part, final double whole) {
        return whole == 0 ? Double.NaN : part / whole;
    }
}
