package org.gradienttape.data;

import java.util.List;
import java.util.Optional;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.StoredColumn;
import org.gradienttape.layer.Shape;

/**
 * Samples that are rows of a table, or windows over several: each row is stored as its cells, and becomes features when a
 * network sees it.
 *
 * @param stored the columns, in the order of the cells; those that are no features are not there
 * @param encoding how cells become features; learned from training data
 * @param rows how many are stored where samples are windows over them; empty where each row is a sample
 * @param haveGaps whether these rows are not evenly spaced in time
 */
public record TableColumns(List<StoredColumn> stored, Encoding encoding, Optional<Integer> rows, boolean haveGaps) {
    public TableColumns {
        stored = List.copyOf(stored);
        if (rows.isPresent() != encoding.windows().isPresent() || haveGaps && rows.isEmpty()) {
            throw new IllegalArgumentException("rows are counted where samples are windows, and only there");
        }
    }

    /** Each row is a sample. */
    public TableColumns(final List<StoredColumn> stored, final Encoding encoding) {
        this(stored, encoding, Optional.empty(), false);
    }

    /** The same rows with another encoding. */
    TableColumns with(final Encoding other) {
        return new TableColumns(stored, other, rows, haveGaps);
    }

    /** The same columns before any row is stored. */
    TableColumns withoutRows() {
        return new TableColumns(stored, encoding, rows.map(count -> 0), false);
    }

    /** The shape of one sample: one for each feature, or one row of them for each row of a window. */
    public Shape sampleShape() {
        return encoding.windows()
                .map(windows -> Shape.of(windows.length(), encoding.width()))
                .orElseGet(() -> Shape.of(encoding.width()));
    }

    /** The size of one row as it is stored: a float64 for each cell. */
    public int bytesPerRow() {
        return StoredColumn.firstCells(stored)[stored.size()] * Double.BYTES;
    }
}
