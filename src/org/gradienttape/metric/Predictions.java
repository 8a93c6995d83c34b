package org.gradienttape.metric;

/**
 * What a network said about one batch.
 *
 * @param values [rows, columns], row-major: one row per sample, one column per class; owned by whoever made it
 * @param rows samples
 * @param columns numbers per sample
 */
public record Predictions(float[] values, int rows, int columns) {
    public Predictions {
        if (values.length != rows * columns) {
            throw new IllegalArgumentException(
                    rows + " x " + columns + " predictions need as many numbers, but there are " + values.length);
        }
    }

    /** The column with the largest value; the first of equals, as NumPy's and Keras' argmax. */
    public int largest(final int row) {
        int best = 0;
        for (int column = 1; column < columns; column++) {
            if (values[row * columns + column] > values[row * columns + best]) {
                best = column;
            }
        }
        return best;
    }
}
