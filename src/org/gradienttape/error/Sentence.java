package org.gradienttape.error;

/** Sentences that quote what a file, a setting or a user's code holds, which may be of any length. */
public final class Sentence {
    private static final int LONGEST = 2000;
    private static final int KEPT_AT_END = 500;
    private static final String LEFT_OUT = " [...] ";

    private Sentence() {}

    /** The same on paper: without its middle if it is too long to be read, and without control characters. */
    public static String readable(final String text) {
        if (text == null) {
            return null;
        }
        final String shown = text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST - KEPT_AT_END - LEFT_OUT.length())
                        + LEFT_OUT
                        + text.substring(text.length() - KEPT_AT_END);
        return shown.replaceAll("[\\x00-\\x08\\x0b-\\x1f\\x7f]", "?");
    }

    /** The beginning of something that is quoted, of at most this many characters. */
    public static String beginning(final String text, final int most) {
        return text.length() <= most ? text : text.substring(0, most) + " ...";
    }
}
