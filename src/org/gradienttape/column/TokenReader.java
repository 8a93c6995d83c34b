package org.gradienttape.column;

/** Goes through the tokens of one text. */
final class TokenReader {
    /** What stands for half of a pair of characters, as in Keras. */
    private static final int NO_CHARACTER = 0xfffd;

    private final TextSplit split;
    private final String text;
    private final StringBuilder word = new StringBuilder();
    private int at;

    TokenReader(final TextSplit split, final String text) {
        this.split = split;
        this.text = text;
    }

    /** Goes to the next token; false behind the last one. */
    boolean next() {
        word.setLength(0);
        while (at < text.length()) {
            final int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (split.unit() == TextSplit.Unit.WHITESPACE && isSpace(character)) {
                if (!word.isEmpty()) {
                    return true;
                }
            } else if (!split.standardize().strips(character)) {
                append(character);
                if (split.unit() == TextSplit.Unit.CHARACTER) {
                    return true;
                }
            }
        }
        return !word.isEmpty();
    }

    /** The current token. */
    String token() {
        return word.length() > TextSplit.LONGEST ? TextSplit.UNKNOWN : word.toString();
    }

    private void append(final int character) {
        if (word.length() <= TextSplit.LONGEST) {
            final boolean isHalf = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
            word.appendCodePoint(isHalf ? NO_CHARACTER : split.standardize().standardized(character));
        }
    }

    /** Of ASCII alone: a space that does not break, for example, is part of a word. */
    private static boolean isSpace(final int character) {
        return character == ' ' || character >= '\t' && character <= '\r';
    }
}
