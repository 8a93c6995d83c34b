package org.gradienttape.host.api.text;

/** Sentences that quote what a file or a node's code says, which may be of any length. */
public final class Sentence {

    private static final int LONGEST = 2000;
    private static final int KEPT_AT_END = 500;
    private static final String LEFT_OUT = " [...] ";

    private Sentence() {}

    /** Returns the same on paper: without its middle if it is too long to be read, and without control characters. */
    public static String readable(final String text) {
        final String shown = text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST - KEPT_AT_END - LEFT_OUT.length())
                        + LEFT_OUT
                        + text.substring(text.length() - KEPT_AT_END);
        return shown.replaceAll("[\\x00-\\x08\\x0b-\\x1f\\x7f]", "?");
    }

    /** Returns the beginning of what is quoted, of at most this many characters. */
    public static String beginning(final String text, final int most) {
        return text.length() <= most ? text : text.substring(0, most) + " ...";
    }
}
