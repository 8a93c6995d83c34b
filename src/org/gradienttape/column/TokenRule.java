package org.gradienttape.column;

import org.gradienttape.error.InvalidInputException;

/**
 * How a column of text becomes a sequence of token numbers; which tokens have a number of their own is learned.
 *
 * @param split how each text becomes tokens
 * @param size of the vocabulary, with 0 for no token and 1 for unknown ones, as Keras' max_tokens
 */
public record TokenRule(TextSplit split, int size) {
    public TokenRule {
        if (size <= TokenEncoding.FIRST || size > TokenEncoding.MOST) {
            throw new InvalidInputException("A vocabulary may have the size " + (TokenEncoding.FIRST + 1) + " to "
                    + TokenEncoding.MOST + ", with 0 for no token and 1 for an unknown one, but " + size
                    + " is set; change it.");
        }
    }
}
