package org.gradienttape.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;

/**
 * An {@link Encoding} put over a table that somebody else holds, row by row: any texts may come, and nothing is kept of them.
 * For one thread.
 */
public final class RowEncoder {
    private final Encoding encoding;
    private final Encoder encoder;
    private final int[] sources;
    private final int[] firstCells;
    /** The code of each category or token, by column; null for numbers. */
    private final List<Map<String, Integer>> codes;

    private final double[] row;
    private long rows;
    /** Rows with a text that is no category, but is encoded. */
    private long others;
    /** The first such text. */
    private String firstOther;

    /** Rows with a text of which no token is in the vocabulary. */
    private long strange;
    /** The first such text. */
    private String firstStrange;

    /**
     * Finds the columns.
     *
     * @param columns of the table
     * @param dataName in a sentence, for example "the table"
     * @throws InvalidInputException if a column is not there or of another kind
     */
    public RowEncoder(final Encoding encoding, final List<Column> columns, final String dataName) {
        this.encoding = encoding;
        this.sources = encoding.features().stream()
                .mapToInt(new ColumnPlaces(columns, dataName)::of)
                .toArray();
        this.codes = encoding.columns().stream().map(RowEncoder::codes).toList();
        final List<StoredColumn> stored =
                encoding.columns().stream().map(RowEncoder::stored).toList();
        this.encoder = Encoder.rowByRow(encoding, stored, dataName);
        this.firstCells = StoredColumn.firstCells(stored);
        this.row = new double[firstCells[sources.length]];
    }

    /**
     * Encodes one row.
     *
     * @param target takes as many features as the encoding is wide
     * @param offset of the first one in target
     * @return false if the row cannot be encoded, as {@link Encoder#encode} says
     */
    public boolean encode(final Cells cells, final float[] target, final int offset) {
        read(cells);
        final boolean isEncoded = encoder.encode(row, target, offset);
        rows++;
        if (isEncoded) {
            look(cells);
        }
        return isEncoded;
    }

    /** What should be known of the texts of the rows so far. */
    public Optional<String> doubt() {
        final List<String> sentences = new ArrayList<>();
        if (others > 0) {
            sentences.add(others + " of " + rows + " rows have a text that the training data do not have, such as "
                    + firstOther + "; all features of such a column are 0.");
        }
        if (strange > 0) {
            sentences.add(strange + " of " + rows + " rows have a text of which nothing is in the vocabulary, such as "
                    + firstStrange + "; their predictions mean little.");
        }
        return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", sentences));
    }

    /** Why a row cannot be encoded, for the middle of a sentence; empty if it can. */
    public Optional<String> trouble(final Cells cells) {
        read(cells);
        return encoder.trouble(row, i -> cells.text(sources[i]));
    }

    private void look(final Cells cells) {
        boolean hasOther = false;
        for (int i = 0; i < sources.length; i++) {
            if (encoding.columns().get(i) instanceof OneHotEncoding text
                    && !hasOther
                    && row[firstCells[i]] == text.categories().size()) {
                hasOther = true;
                firstOther = others++ == 0 ? shown(cells, i) : firstOther;
            } else if (encoding.columns().get(i) instanceof TokenEncoding text && isStrange(text, firstCells[i])) {
                firstStrange = strange++ == 0 ? shown(cells, i) : firstStrange;
            }
        }
    }

    private boolean isStrange(final TokenEncoding text, final int first) {
        final int end = first + text.width();
        return TextSplit.isToken(row[first])
                && Arrays.stream(row, first, end)
                        .noneMatch(code -> TextSplit.isToken(code)
                                && code < text.vocabulary().size());
    }

    private String shown(final Cells cells, final int column) {
        return "\"" + Texts.shown(cells.text(sources[column])) + "\" in the column \""
                + encoding.columns().get(column).name() + "\"";
    }

    private void read(final Cells cells) {
        for (int i = 0; i < sources.length; i++) {
            final int first = firstCells[i];
            if (codes.get(i) == null) {
                row[first] = cells.number(sources[i]);
                continue;
            }
            final String text = cells.text(sources[i]);
            if (encoding.columns().get(i) instanceof TokenEncoding tokens) {
                readTokens(tokens, i, text);
            } else {
                row[first] = text == null ? Double.NaN : code(i, text);
            }
        }
    }

    private void readTokens(final TokenEncoding tokens, final int column, final String text) {
        if (text == null) {
            tokens.split().writeMissing(row, firstCells[column]);
        } else {
            tokens.split().write(text, token -> code(column, token), tokens.width(), row, firstCells[column]);
        }
    }

    private int code(final int column, final String text) {
        return codes.get(column).getOrDefault(text, codes.get(column).size());
    }

    /** A table whose texts are the known ones, coded in their order; the code behind them stands for any other text. */
    private static StoredColumn stored(final ColumnEncoding column) {
        return new StoredColumn(
                new Column(column.name(), column.kind()),
                texts(column),
                column instanceof TokenEncoding text ? Optional.of(text.split()) : Optional.empty());
    }

    private static List<String> texts(final ColumnEncoding column) {
        if (column instanceof TokenEncoding text) {
            return text.vocabulary();
        }
        return column instanceof OneHotEncoding text ? text.categories() : List.of();
    }

    private static Map<String, Integer> codes(final ColumnEncoding column) {
        if (column.kind() == Column.Kind.NUMBER) {
            return null;
        }
        final Map<String, Integer> codes = new HashMap<>();
        texts(column).forEach(text -> codes.put(text, codes.size()));
        return codes;
    }
}
