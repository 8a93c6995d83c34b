package org.gradienttape.nodes.table;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.gradienttape.column.Column;
import org.gradienttape.column.Encoding;
import org.gradienttape.data.RowBatches;
import org.gradienttape.data.SampleBatches;
import org.gradienttape.error.InvalidInputException;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;

/** The rows of a table, shown to a model batch by batch and kept until the batch is written. */
public final class ShownRows {
    private final Iterator<DataRow> rows;
    private final RowCells cells;
    private final SampleBatches batches;
    private final List<DataRow> kept = new ArrayList<>();

    /**
     * Finds the columns.
     *
     * @param count how many rows there are
     * @throws InvalidInputException if a column of the encoding is not there or holds something else
     */
    public ShownRows(
            final DataTableSpec spec, final Iterator<DataRow> rows, final long count, final Encoding encoding) {
        checkTypes(spec, encoding);
        final List<Column> columns = InputTable.columns(spec);
        this.rows = rows;
        this.cells = new RowCells(spec, columns);
        this.batches = new RowBatches(encoding, columns, "table", count, this::next, cells);
    }

    /** The rows, encoded. */
    public SampleBatches batches() {
        return batches;
    }

    /** Those of the last batch; to be taken once. */
    public List<DataRow> take() {
        final List<DataRow> taken = List.copyOf(kept);
        kept.clear();
        return taken;
    }

    private boolean next() {
        if (!rows.hasNext()) {
            return false;
        }
        final DataRow row = rows.next();
        kept.add(row);
        cells.show(row);
        return true;
    }

    /** The engine does not see columns that hold neither numbers nor text. */
    private static void checkTypes(final DataTableSpec spec, final Encoding encoding) {
        for (final Column input : encoding.inputs()) {
            final DataColumnSpec found = spec.getColumnSpec(input.name());
            if (found != null && InputTable.kind(found).isEmpty()) {
                throw new InvalidInputException("The column \"" + input.name() + "\" should hold " + input.kind()
                        + " in the table as in the training data, but it holds " + found.getType()
                        + "; convert it before.");
            }
        }
    }
}
