package org.gradienttape.data.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.gradienttape.column.Cells;
import org.gradienttape.column.Column;

/** A table that somebody else holds, such as a CSV file. May be gone through several times. */
public interface TableRows {
    /** For people, for example the name of a file. */
    String name();

    /** All columns, in order; their names differ. */
    List<Column> columns();

    /**
     * What looks wrong, one sentence each.
     *
     * @param used the names of the columns that matter
     */
    default List<String> warnings(final Collection<String> used) {
        return List.of();
    }

    /** Starts before the first row. */
    Cursor open() throws IOException;

    /** One row after the other. The cells are those of the current row. */
    interface Cursor extends Cells, Closeable {
        /** Goes to the next row; false behind the last one. */
        boolean next() throws IOException;

        /** Where the row is, for the start of a sentence. */
        String place();

        /** How much of the table is done, from 0 to 1. */
        double fraction() throws IOException;
    }
}
