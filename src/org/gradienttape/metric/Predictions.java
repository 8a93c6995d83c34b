package org.gradienttape.metric;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a network said about one batch.
 *
 * @param values [rows, columns], row-major: one row per sample, one column per class, or a single one; owned by whoever
 *     made it
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

    /** Whether no value of a row is NaN. */
    public boolean isNumber(final int row) {
        for (int column = 0; column < columns; column++) {
            if (Float.isNaN(values[row * columns + column])) {
                return false;
            }
        }
        return true;
    }

    /** All numbers of a sample. */
    public float[] row(final int row) {
        return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }

    /** One number of a sample. */
    public float value(final int row, final int column) {
        return values[row * columns + Objects.checkIndex(column, columns)];
    }
}
