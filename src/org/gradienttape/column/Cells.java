package org.gradienttape.column;

/** The cells of one row of a table. */
public interface Cells {
    /** The number in a cell of a column of numbers, by the number of the column from 0; NaN if it is missing. */
    double number(int column);

    /** Whether a column of numbers holds whole numbers of up to 64 bits alone, which {@link #whole} says as they are. */
    default boolean isWhole(final int column) {
        return false;
    }

    /** The number in a cell of such a column; the cell is not missing. */
    default long whole(final int column) {
        throw new UnsupportedOperationException("the column may hold fractions");
    }

    /**
     * What a number is called as the name of a class or a group, where the number itself does not say it: "true", or a whole
     * number of more digits than a double has; null otherwise.
     */
    default String name(final int column) {
        return null;
    }

    /** The text in a cell of a column of text, by the number of the column from 0; null if it is missing. */
    String text(int column);
}
