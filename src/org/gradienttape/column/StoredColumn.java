package org.gradienttape.column;

import java.util.HashSet;
import java.util.List;
import org.gradienttape.error.InvalidInputException;

/**
 * A column as a dataset stores it: each cell is a double, NaN where it is missing. A text is stored as its place in the list
 * of the column's texts.
 *
 * @param column its name and kind
 * @param texts the different texts that occur, by code; empty for numbers
 */
public record StoredColumn(Column column, List<String> texts) {
    public StoredColumn {
        texts = List.copyOf(texts);
        if (column.kind() == Column.Kind.NUMBER && !texts.isEmpty()) {
            throw new InvalidInputException(
                    "A column of numbers has no texts, but \"" + column.name() + "\" has " + texts.size() + ".");
        }
        if (texts.size() > Texts.MOST) {
            throw Texts.tooMany(column.name());
        }
        if (new HashSet<>(texts).size() != texts.size()) {
            throw new InvalidInputException(
                    "The texts of a column should differ, but \"" + column.name() + "\" has one twice.");
        }
    }

    public String name() {
        return column.name();
    }

    public Column.Kind kind() {
        return column.kind();
    }
}
