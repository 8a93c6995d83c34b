package org.gradienttape.nodes.table;

import java.io.Closeable;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.BufferedDataTable;

/** Goes through the rows of a table and knows where it is. */
public class RowWalk implements Closeable {
    private final CloseableRowIterator rows;
    private final long size;
    private DataRow row;
    private long taken;

    /** Starts before the first row. */
    public RowWalk(final BufferedDataTable table) {
        this.rows = table.iterator();
        this.size = table.size();
    }

    /** Goes to the next row; false behind the last one. */
    public final boolean next() {
        final boolean more = rows.hasNext();
        if (more) {
            row = rows.next();
            taken++;
        }
        return more;
    }

    /** A cell of the current row. */
    public final DataCell cell(final int column) {
        return row.getCell(column);
    }

    /** Names the current row, for the start of a sentence. */
    public final String place() {
        return ImageTable.name(row);
    }

    /** How much of the table is done, from 0 to 1. */
    public final double fraction() {
        return Math.min(1, (double) taken / Math.max(1, size));
    }

    @Override
    public final void close() {
        rows.close();
    }
}
