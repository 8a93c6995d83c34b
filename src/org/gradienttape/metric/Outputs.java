package org.gradienttape.metric;

/** What the numbers mean that a network puts out; the loss decides it. */
public enum Outputs {
    /** One logit per class; softmax makes probabilities of them. */
    CLASS_LOGITS {
        @Override
        double[] probabilities(final Predictions predictions) {
            final double[] probabilities = new double[predictions.values().length];
            for (int row = 0; row < predictions.rows(); row++) {
                softmax(predictions, row, probabilities);
            }
            return probabilities;
        }
    },
    /** Logits or scores that do not depend on each other, above 0 for yes; the sigmoid makes probabilities of them. */
    LOGITS {
        @Override
        double[] probabilities(final Predictions predictions) {
            final double[] probabilities = new double[predictions.values().length];
            for (int i = 0; i < probabilities.length; i++) {
                probabilities[i] = 1 / (1 + Math.exp(-predictions.values()[i]));
            }
            return probabilities;
        }
    },
    /** Numbers that are taken as they are: probabilities, or what a regression predicts. */
    NUMBERS {
        @Override
        double[] probabilities(final Predictions predictions) {
            final double[] probabilities = new double[predictions.values().length];
            for (int i = 0; i < probabilities.length; i++) {
                probabilities[i] = predictions.values()[i];
            }
            return probabilities;
        }
    };

    /** [rows, columns], row-major. */
    abstract double[] probabilities(Predictions predictions);

    /** An output above this one says yes: probability 0.5, or its logit. */
    double threshold() {
        return this == NUMBERS ? 0.5 : 0;
    }

    private static void softmax(final Predictions predictions, final int row, final double[] probabilities) {
        final int first = row * predictions.columns();
        final double largest = predictions.values()[first + predictions.largest(row)];
        double sum = 0;
        for (int i = first; i < first + predictions.columns(); i++) {
            probabilities[i] = Math.exp(predictions.values()[i] - largest);
            sum += probabilities[i];
        }
        for (int i = first; i < first + predictions.columns(); i++) {
            probabilities[i] /= sum;
        }
    }
}
