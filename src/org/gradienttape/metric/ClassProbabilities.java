package org.gradienttape.metric;

/** One probability per class, also where a network has a single output for two classes. */
public final class ClassProbabilities {
    private ClassProbabilities() {}

    /** How many classes so many outputs tell apart: a single one tells two. */
    public static int classes(final int outputs) {
        return Math.max(2, outputs);
    }

    /**
     * What the outputs of a batch say.
     *
     * @param meaning of the numbers that the network puts out
     * @return [rows, classes]; a single output is that of the second class
     */
    public static Predictions of(final Predictions outputs, final Outputs meaning) {
        final double[] probabilities = meaning.probabilities(outputs);
        final int classes = classes(outputs.columns());
        final float[] values = new float[outputs.rows() * classes];
        for (int i = 0; i < probabilities.length; i++) {
            if (outputs.columns() == 1) {
                values[2 * i] = (float) (1 - probabilities[i]);
                values[2 * i + 1] = (float) probabilities[i];
            } else {
                values[i] = (float) probabilities[i];
            }
        }
        return new Predictions(values, outputs.rows(), classes);
    }
}
