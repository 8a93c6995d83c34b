package org.gradienttape.data;

import java.math.BigDecimal;
import org.gradienttape.column.Cells;

/** Numbers in sentences: without an exponent, whole numbers without a decimal point. */
public final class PlainNumber {
    /** Whole numbers up to this one are doubles, each of them. */
    private static final double LARGEST_WHOLE = 1L << 53;

    private PlainNumber() {}

    /** What the number in a cell that is not missing is called as the name of a class or a group. */
    public static String of(final Cells row, final int column) {
        final String name = row.name(column);
        return name == null ? of(row.number(column)) : name;
    }

    public static String of(final double number) {
        if (number == (long) number && Math.abs(number) <= LARGEST_WHOLE) {
            return Long.toString((long) number); // much faster, and one for each row of a table
        }
        return Double.isFinite(number)
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : String.valueOf(number);
    }
}
