package org.gradienttape.column;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.gradienttape.error.InvalidInputException;

/**
 * How a text becomes tokens, as Keras' TextVectorization makes them.
 *
 * @param standardize what happens to the text first
 * @param unit what a token is
 * @param length how many tokens of a text count; those behind them are left out
 */
public record TextSplit(Standardize standardize, Unit unit, int length) {
    /** The token that stands for all that are not known, and is none itself. */
    static final String UNKNOWN = "[UNK]";

    /** Longer words are no words, but data; each is unknown. */
    static final int LONGEST = 1_000;

    private static final int MOST = 1 << 20;

    /** The cell of a token that is not there, since the text has fewer. */
    private static final double NO_TOKEN = -1;

    /** What happens to a text before it is split, with Keras' names. */
    public enum Standardize {
        LOWER_AND_STRIP_PUNCTUATION(true, true),
        LOWER(true, false),
        STRIP_PUNCTUATION(false, true),
        NONE(false, false);

        private final boolean isLower;
        private final boolean isStripped;

        Standardize(final boolean isLower, final boolean isStripped) {
            this.isLower = isLower;
            this.isStripped = isStripped;
        }

        /** A to Z become a to z; Keras leaves all other letters as they are. */
        int standardized(final int character) {
            return isLower && character >= 'A' && character <= 'Z' ? character - 'A' + 'a' : character;
        }

        /** Whether a character is punctuation that goes: what ASCII has of it, and no other, as in Keras. */
        boolean strips(final int character) {
            final boolean isVisible = character > ' ' && character < 0x7f;
            return isStripped && isVisible && !Character.isLetterOrDigit(character);
        }
    }

    /** What a token is, with Keras' names. */
    public enum Unit {
        /** A word: what stands between ASCII's white space. */
        WHITESPACE("words", " "),
        /** A character of Unicode, white space too. */
        CHARACTER("characters", "");

        private final String tokens;
        private final String between;

        Unit(final String tokens, final String between) {
            this.tokens = tokens;
            this.between = between;
        }

        /** What tokens are, for a sentence. */
        @Override
        public String toString() {
            return tokens;
        }

        /** What stands between tokens that are a text again. */
        String between() {
            return between;
        }
    }

    public TextSplit {
        if (length < 1 || length > MOST) {
            throw new InvalidInputException(
                    "A text may become 1 to " + MOST + " " + unit + ", but " + length + " are set; change the length.");
        }
    }

    /** For the end of a sentence. */
    @Override
    public String toString() {
        return length + " " + unit + " ("
                + standardize.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
    }

    /** Whether all that another split takes of a text is also in what this one takes. */
    boolean holds(final TextSplit other) {
        return standardize == other.standardize && unit == other.unit && length >= other.length;
    }

    static boolean isToken(final double cell) {
        return cell >= 0;
    }

    /** Writes the cells of a text that is missing. */
    void writeMissing(final double[] row, final int first) {
        Arrays.fill(row, first, first + length, Double.NaN);
    }

    /**
     * Writes the first tokens of a text as cells of a row, one for each of the length.
     *
     * @param code of a token
     * @param most how many tokens of the text are looked at, at least the length
     * @return how many were
     */
    int write(
            final String text, final ToIntFunction<String> code, final int most, final double[] row, final int first) {
        final TokenReader tokens = new TokenReader(this, text);
        int count = 0;
        while (count < most && tokens.next()) {
            final int found = code.applyAsInt(tokens.token());
            if (count < length) {
                row[first + count] = found;
            }
            count++;
        }
        Arrays.fill(row, first + Math.min(count, length), first + length, NO_TOKEN);
        return count;
    }
}
