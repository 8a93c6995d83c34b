package org.gradienttape.column;

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
    /** The code of each category, by column; null for numbers. */
    private final List<Map<String, Integer>> codes;

    private final double[] row;
    private long rows;
    /** Rows with a text that is no category, but is encoded. */
    private long others;
    /** The first such text. */
    private String firstOther;

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
        this.encoder = Encoder.rowByRow(
                encoding, encoding.columns().stream().map(RowEncoder::stored).toList(), dataName);
        this.row = new double[sources.length];
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

    /** A sentence if rows so far had texts that are no categories, but are encoded. */
    public Optional<String> doubt() {
        return others == 0
                ? Optional.empty()
                : Optional.of(others + " of " + rows + " rows have a text that the training data do not have, such as "
                        + firstOther + "; all features of such a column are 0.");
    }

    /** Why a row cannot be encoded, for the middle of a sentence; empty if it can. */
    public Optional<String> trouble(final Cells cells) {
        read(cells);
        return encoder.trouble(row, i -> cells.text(sources[i]));
    }

    private void look(final Cells cells) {
        for (int i = 0; i < row.length; i++) {
            if (codes.get(i) != null && row[i] == codes.get(i).size()) {
                if (others++ == 0) {
                    firstOther = "\"" + cells.text(sources[i]) + "\" in the column \""
                            + encoding.columns().get(i).name() + "\"";
                }
                return;
            }
        }
    }

    private void read(final Cells cells) {
        for (int i = 0; i < row.length; i++) {
            if (codes.get(i) == null) {
                row[i] = cells.number(sources[i]);
            } else {
                final String text = cells.text(sources[i]);
                row[i] = text == null
                        ? Double.NaN
                        : codes.get(i).getOrDefault(text, codes.get(i).size());
            }
        }
    }

    /** A table whose texts are the categories, coded in their order; the code behind them stands for any other text. */
    private static StoredColumn stored(final ColumnEncoding column) {
        return new StoredColumn(
                new Column(column.name(), column.kind()),
                column instanceof OneHotEncoding text ? text.categories() : List.of());
    }

    private static Map<String, Integer> codes(final ColumnEncoding column) {
        if (column instanceof OneHotEncoding text) {
            final Map<String, Integer> codes = new HashMap<>();
            text.categories().forEach(category -> codes.put(category, codes.size()));
            return codes;
        }
        return null;
    }
}
