package org.gradienttape.data;

import java.math.BigDecimal;
import java.util.List;

/** Counts whole numbers that single precision cannot hold, so that somebody can say so. */
public final class RoundedNumbers {
    /** Single precision holds all whole numbers up to this one. */
    private static final double LARGEST_EXACT = 1 << 24;

    private long count;
    private String example;

    /** Takes a number on its way to single precision. */
    public float take(final double number) {
        final float rounded = (float) number;
        if (Math.abs(number) > LARGEST_EXACT && rounded != number && number == Math.rint(number)) {
            count(PlainNumber.of(number), rounded);
        }
        return rounded;
    }

    /** Takes a whole number on its way to single precision. */
    public float take(final long number) {
        final float rounded = number;
        if ((long) rounded != number || number == Long.MAX_VALUE) {
            count(String.valueOf(number), rounded);
        }
        return rounded;
    }

    /** Takes a whole number from 2^63 on, read as a negative one, on its way to single precision. */
    public float takeUnsigned(final long number) {
        final BigDecimal exact = new BigDecimal(Long.toUnsignedString(number));
        final float rounded = exact.floatValue();
        if (exact.compareTo(new BigDecimal(rounded)) != 0) {
            count(exact.toPlainString(), rounded);
        }
        return rounded;
    }

    /** One sentence if there were any. */
    public List<String> warnings(final String place) {
        return count == 0
                ? List.of()
                : List.of((count == 1 ? "1 whole number" : count + " whole numbers") + " in " + place
                        + " cannot be held exactly in single precision, for example " + example
                        + "; leave out a column of such numbers, or subtract the smallest of them before.");
    }

    private void count(final String number, final float rounded) {
        if (count++ == 0) {
            example = number + ", which becomes " + PlainNumber.of(rounded);
        }
    }
}
