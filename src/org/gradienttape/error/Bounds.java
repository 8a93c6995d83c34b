package org.gradienttape.error;

/** Refuses settings that are too small. */
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
}
