package org.gradienttape.metric;

/** Turns what a network gives into one probability per class. */
public enum ClassProbabilities {
    /** One logit per class, or a single logit of class 1: softmax, or sigmoid. */
    OF_LOGITS {
        @Override
        double[] row(final Predictions outputs, final int row) {
            final int columns = outputs.columns();
            final double[] logits = new double[Math.max(2, columns)];
            for (int column = 0; column < columns; column++) {
                logits[logits.length - columns + column] = outputs.values()[row * columns + column];
            }
            // A single logit against 0 for the other class: softmax of the two is the sigmoid.
            return softmax(logits);
        }
    },
    /** Probabilities already, or a single probability of class 1. */
    AS_THEY_ARE {
        @Override
        double[] row(final Predictions outputs, final int row) {
            final int columns = outputs.columns();
            if (columns == 1) {
                final double one = outputs.values()[row];
                return new double[] {1 - one, one};
            }
            final double[] probabilities = new double[columns];
            for (int column = 0; column < columns; column++) {
                probabilities[column] = outputs.values()[row * columns + column];
            }
            return probabilities;
        }
    };

    /** How many classes so many outputs tell apart: a single one tells two. */
    public static int classes(final int outputs) {
        return Math.max(2, outputs);
    }

    /**
     * The probabilities of one sample.
     *
     * @return one per class
     */
    abstract double[] row(Predictions outputs, int row);

    /**
     * The probabilities of a batch.
     *
     * @return [rows, classes]
     */
    public Predictions of(final Predictions outputs) {
        final int classes = classes(outputs.columns());
        final float[] values = new float[outputs.rows() * classes];
        for (int row = 0; row < outputs.rows(); row++) {
            final double[] probabilities = row(outputs, row);
            for (int column = 0; column < classes; column++) {
                values[row * classes + column] = (float) probabilities[column];
            }
        }
        return new Predictions(values, outputs.rows(), classes);
    }

    private static double[] softmax(final double[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (final double logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            logits[i] = Math.exp(logits[i] - largest);
            sum += logits[i];
        }
        for (int i = 0; i < logits.length; i++) {
            logits[i] /= sum;
        }
        return logits;
    }
}
