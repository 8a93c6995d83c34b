package org.gradienttape.data;

import java.util.Optional;
import org.gradienttape.column.Cells;
import org.gradienttape.column.Column;

/**
 * Reads the cells that tell groups of rows apart.
 *
 * @param column that holds them; empty if all rows are one group
 * @param place its number in its table
 */
public record GroupReader(Optional<Column> column, int place) {
    /** The group of a row, empty where there are no groups; nothing if its cell is missing. */
    public Optional<String> read(final Cells row) {
        if (column.isEmpty()) {
            return Optional.of("");
        }
        if (column.get().kind() == Column.Kind.NUMBER) {
            return Double.isNaN(row.number(place)) ? Optional.empty() : Optional.of(PlainNumber.of(row, place));
        }
        return Optional.ofNullable(row.text(place));
    }

    /** What each row should have, for a sentence about one that has not. */
    public String wanted() {
        return "a value in the column \"" + column.orElseThrow().name()
                + "\", which tells groups apart, but it is missing";
    }
}
