package org.gradienttape.data;

import java.math.BigDecimal;

/** Numbers in sentences: without an exponent, whole numbers without a decimal point. */
final class PlainNumber {
    private PlainNumber() {}

    static String of(final double number) {
        return Double.isFinite(number)
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : String.valueOf(number);
    }
}
