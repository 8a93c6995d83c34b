package org.gradienttape.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.gradienttape.error.InvalidInputException;

/** The different tokens of one column of text, each with its code, 0 for the first that came, and how often it came. */
public final class TokenCounts {
    /** All are in memory, and in the description of a dataset. */
    private static final int MOST_BYTES = 12 << 20;

    /** What a token takes there beside its characters. */
    private static final int BYTES_AROUND = 16;

    /** What a character takes there at most. */
    private static final int BYTES_ESCAPED = 6;

    private static final int BYTES_BEYOND_ASCII = 3;

    private final String column;
    private final TextSplit split;
    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> list = new ArrayList<>();
    private long[] counts = new long[1 << 10];
    private long bytes;
    private long emptyTexts;

    /** @param column its name, for a sentence */
    public TokenCounts(final String column, final TextSplit split) {
        this.column = column;
        this.split = split;
    }

    /**
     * Takes a text and writes its first tokens as cells of a row.
     *
     * @param text null if it is missing
     * @param first cell of the column
     * @throws InvalidInputException if there are too many different tokens
     */
    public void take(final String text, final double[] row, final int first) {
        if (text == null) {
            split.writeMissing(row, first);
        } else if (split.write(text, this::count, Integer.MAX_VALUE, row, first) == 0) {
            emptyTexts++;
        }
    }

    /** All tokens so far, by code. */
    public List<String> list() {
        return List.copyOf(list);
    }

    /** How many texts had no token. */
    public long emptyTexts() {
        return emptyTexts;
    }

    /** The name of the column. */
    public String column() {
        return column;
    }

    public TextSplit split() {
        return split;
    }

    /**
     * The most frequent tokens, first those that came most often; of those that came equally often, first the one that is
     * behind the others in the order of their bytes in UTF-8, as in Keras.
     *
     * @param most how many
     */
    List<String> vocabulary(final int most) {
        final ToLongFunction<Integer> count = code -> counts[code];
        return IntStream.range(0, list.size())
                .filter(code -> !list.get(code).equals(TextSplit.UNKNOWN))
                .boxed()
                .sorted(Comparator.comparingLong(count)
                        .thenComparing(list::get, TokenCounts::compareCharacters)
                        .reversed())
                .limit(most)
                .map(list::get)
                .toList();
    }

    /** By characters of Unicode, which is the order of their bytes in UTF-8. */
    private static int compareCharacters(final String one, final String other) {
        final int different = Arrays.mismatch(one.toCharArray(), other.toCharArray());
        return different < 0 || different == Math.min(one.length(), other.length())
                ? Integer.compare(one.length(), other.length())
                : Integer.compare(one.codePointAt(different), other.codePointAt(different));
    }

    private int count(final String token) {
        final int code = codes.computeIfAbsent(token, this::add);
        if (code == counts.length) {
            counts = Arrays.copyOf(counts, 2 * code);
        }
        counts[code]++;
        return code;
    }

    private int add(final String token) {
        bytes += token.chars().map(TokenCounts::bytes).sum() + BYTES_AROUND;
        if (bytes > MOST_BYTES) {
            throw new InvalidInputException(
                    "The different " + split.unit() + " of a text may take at most " + MOST_BYTES
                            + " bytes, but the column \"" + column + "\" has more than " + list.size()
                            + " of them; use fewer rows, or split the text into characters.");
        }
        list.add(token);
        return list.size() - 1;
    }

    private static int bytes(final int character) {
        if (character < ' '
                || character == '"'
                || character == '\\'
                || Character.getType(character) == Character.LINE_SEPARATOR
                || Character.getType(character) == Character.PARAGRAPH_SEPARATOR) {
            return BYTES_ESCAPED;
        }
        return character < 0x80 ? 1 : BYTES_BEYOND_ASCII;
    }
}
