package org.gradienttape.column;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gradienttape.error.InvalidInputException;

/**
 * A column as a dataset stores it: each cell is a double, NaN where it is missing. A text is stored as its place in the list
 * of the column's texts, or, if it is split, as those of its tokens, one cell for each.
 *
 * @param column its name and kind
 * @param texts the different texts or tokens that occur, by code; empty for numbers
 * @param split how each text became tokens; empty for whole texts and numbers
 */
public record StoredColumn(Column column, List<String> texts, Optional<TextSplit> split) {
    /** One array must hold a row. */
    private static final int MOST_CELLS = Integer.MAX_VALUE / Double.BYTES;

    public StoredColumn {
        texts = List.copyOf(texts);
        if (column.kind() == Column.Kind.NUMBER && !(texts.isEmpty() && split.isEmpty())) {
            throw new InvalidInputException(
                    "A column of numbers has no texts, but \"" + column.name() + "\" has " + texts.size() + ".");
        }
        if (split.isEmpty() && texts.size() > Texts.MOST) {
            throw Texts.tooMany(column.name());
        }
        if (new HashSet<>(texts).size() != texts.size()) {
            throw new InvalidInputException(
                    "The texts of a column should differ, but \"" + column.name() + "\" has one twice.");
        }
    }

    /** Numbers, or whole texts. */
    public StoredColumn(final Column column, final List<String> texts) {
        this(column, texts, Optional.empty());
    }

    public String name() {
        return column.name();
    }

    public Column.Kind kind() {
        return column.kind();
    }

    /** How many cells it takes in a row. */
    public int cells() {
        return split.map(TextSplit::length).orElse(1);
    }

    /** Where the cells of each column begin in a row, and behind them how many cells a row has. */
    public static int[] firstCells(final List<StoredColumn> columns) {
        final long cells = columns.stream().mapToLong(StoredColumn::cells).sum();
        if (cells > MOST_CELLS) {
            throw new InvalidInputException("A row may take at most " + MOST_CELLS + " cells, but its columns take "
                    + cells + "; let texts become fewer tokens.");
        }
        final int[] first = new int[columns.size() + 1];
        for (int column = 0; column < columns.size(); column++) {
            first[column + 1] = first[column] + columns.get(column).cells();
        }
        return first;
    }

    /**
     * The text in a row; of one that was split, the tokens that were kept. Null if it is missing.
     *
     * @param first cell of the column
     */
    public String text(final double[] row, final int first) {
        if (Double.isNaN(row[first])) {
            return null;
        }
        return split.map(known -> Arrays.stream(row, first, first + cells())
                        .filter(TextSplit::isToken)
                        .mapToObj(code -> texts.get((int) code))
                        .collect(Collectors.joining(known.unit().between())))
                .orElseGet(() -> texts.get((int) row[first]));
    }
}
