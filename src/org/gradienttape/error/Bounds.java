package org.gradienttape.error;

/** Refuses settings that are too small or too large. */
public final class Bounds {
    private Bounds() {}

    /**
     * Checks a whole number.
     *
     * @param what it is, without the article, for example "batch size"
     * @throws InvalidInputException if it is smaller
     */
    public static void atLeast(final String what, final int minimum, final int value) {
        if (value < minimum) {
            throw new InvalidInputException(
                    "The " + what + " must be at least " + minimum + ", but it is " + value + ".");
        }
    }

    /**
     * Checks a whole number.
     *
     * @param what as for {@link #atLeast}
     * @throws InvalidInputException if it is larger
     */
    public static void atMost(final String what, final int maximum, final int value) {
        if (value > maximum) {
            throw new InvalidInputException(
                    "The " + what + " must be at most " + maximum + ", but it is " + value + ".");
        }
    }
}
