package org.gradienttape.column;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.gradienttape.error.InvalidInputException;

/**
 * A column of text as one feature for each token of a sequence: 0 behind the last token of the text, 1 for a token that is
 * not known, and from 2 on the place of the token in the vocabulary.
 *
 * @param name of the column
 * @param split how each text becomes tokens
 * @param vocabulary all different, the most frequent first; empty before the training data are read
 * @param isMissingEmpty whether a missing text is taken for an empty one; otherwise such a row cannot be encoded
 */
public record TokenEncoding(String name, TextSplit split, List<String> vocabulary, boolean isMissingEmpty)
        implements ColumnEncoding {
    /** The largest size of a vocabulary. Single precision holds each of its numbers. */
    static final int MOST = 1 << 20;

    /** The number of a token that is not in the vocabulary. */
    static final int UNKNOWN = 1;

    /** The number of the first token of the vocabulary. */
    static final int FIRST = 2;

    public TokenEncoding {
        vocabulary = List.copyOf(vocabulary);
        if (vocabulary.size() > MOST - FIRST) {
            throw new InvalidInputException("A vocabulary may have at most " + (MOST - FIRST)
                    + " tokens, but that of \"" + name + "\" has " + vocabulary.size() + ".");
        }
        if (new HashSet<>(vocabulary).size() != vocabulary.size()) {
            throw new InvalidInputException(
                    "The tokens of a vocabulary should differ, but that of \"" + name + "\" has one twice.");
        }
        if (vocabulary.contains("") || vocabulary.contains(TextSplit.UNKNOWN)) {
            throw new InvalidInputException("A vocabulary should hold known tokens alone, but that of \"" + name
                    + "\" has an empty one, or " + TextSplit.UNKNOWN + ".");
        }
    }

    @Override
    public Column.Kind kind() {
        return Column.Kind.TEXT;
    }

    @Override
    public int width() {
        return split.length();
    }

    @Override
    public List<String> featureNames() {
        return IntStream.rangeClosed(1, width())
                .mapToObj(token -> name + " " + token)
                .toList();
    }
}
