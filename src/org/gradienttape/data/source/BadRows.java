package org.gradienttape.data.source;

import org.gradienttape.error.InvalidInputException;

/** Rows or samples that cannot be taken: the first is named, the others are counted. */
public final class BadRows {
    private final String one;
    private String first;
    private long count;

    /** @param one of them, for a sentence: "row" or "sample" */
    public BadRows(final String one) {
        this.one = one;
    }

    /** @param trouble where it is, what was expected and what was found; for the start of a sentence */
    public void add(final String trouble) {
        if (count++ == 0) {
            first = trouble;
        }
    }

    /** @throws InvalidInputException if there was one */
    public void check() {
        if (count == 1) {
            throw new InvalidInputException(first + "; correct it or remove the " + one + ".");
        }
        if (count > 1) {
            throw new InvalidInputException(
                    first + "; " + count + " " + one + "s in all are like that, correct or remove them.");
        }
    }
}
