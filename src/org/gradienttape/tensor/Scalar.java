package org.gradienttape.tensor;

import java.util.Locale;

/**
 * A number of the JVM in an operation. While a step is compiled, a number that differs from step to step is a text that
 * the program computes, all others are literals.
 *
 * @param value as it is in this step
 * @param text of the program; null for a literal
 */
public record Scalar(double value, String text) {
    /** Engines refuse finite numbers beyond those of 32 bits, which are infinite in 32 bits. */
    public Scalar {
        if (Math.abs(value) > Float.MAX_VALUE) {
            value = Math.copySign(Double.POSITIVE_INFINITY, value);
        }
    }

    /** A number that is the same in every step. */
    public static Scalar of(final double value) {
        return new Scalar(value, null);
    }

    public boolean isLiteral() {
        return text == null;
    }

    /** Whether it is this number in every step. */
    public boolean is(final double number) {
        return text == null && value == number;
    }

    public Scalar negate() {
        return isLiteral() ? of(-value) : new Scalar(-value, "(-" + text + ")");
    }

    public Scalar plus(final Scalar other) {
        return combine(value + other.value, " + ", other);
    }

    public Scalar times(final Scalar other) {
        return combine(value * other.value, " * ", other);
    }

    private Scalar combine(final double result, final String sign, final Scalar other) {
        return isLiteral() && other.isLiteral() ? of(result) : new Scalar(result, "(" + this + sign + other + ")");
    }

    /** As a program writes it. */
    @Override
    public String toString() {
        return isLiteral() ? literal() : text;
    }

    private String literal() {
        return Double.toString(value).toLowerCase(Locale.ROOT).replace("infinity", "inf");
    }
}
