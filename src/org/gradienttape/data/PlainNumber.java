package org.gradienttape.data;

import java.math.BigDecimal;

/** Numbers in sentences: without an exponent, whole numbers without a decimal point. */
public final class PlainNumber {
    /** Whole numbers up to this one are doubles, each of them. */
    private static final double LARGEST_WHOLE = 1L << 53;

    private PlainNumber() {}

    public static String of(final double number) {
        if (number == (long) number && Math.abs(number) <= LARGEST_WHOLE) {
            return Long.toString((long) number); // much faster, and one for each row of a table
        }
        return Double.isFinite(number)
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : String.valueOf(number);
    }
}
