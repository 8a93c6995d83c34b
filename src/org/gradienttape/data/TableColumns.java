package org.gradienttape.data;

import java.util.List;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.StoredColumn;

/**
 * Samples that are rows of a table: each is stored as its cells, and becomes features when a network sees it.
 *
 * @param stored the columns, in the order of the cells; those that are no features are not there
 * @param encoding how cells become features; learned from training data
 */
public record TableColumns(List<StoredColumn> stored, Encoding encoding) {
    public TableColumns {
        stored = List.copyOf(stored);
    }

    /** The size of one row as it is stored: a float64 for each cell. */
    public int bytesPerRow() {
        return stored.size() * Double.BYTES;
    }
}
