package org.gradienttape.column;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** The order of texts that may be numbers, and what is a number among them. */
public final class TextOrder {
    /** Numbers by their value, then other texts by the alphabet. */
    public static final Comparator<String> ORDER = Comparator.comparing(
                    (String text) -> number(text).isEmpty())
            .thenComparing(text -> number(text).orElse(BigDecimal.ZERO))
            .thenComparing(Comparator.naturalOrder());

    /** At most three digits of exponent: as many as a double has, and few enough to write out. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

    /** A double's largest whole number, written out, has 309 digits. */
    private static final int LONGEST_NUMBER = 400;

    private TextOrder() {}

    /** The value of a decimal number. */
    public static Optional<BigDecimal> number(final String text) {
        return text.length() <= LONGEST_NUMBER && NUMBER.matcher(text).matches()
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }
}
