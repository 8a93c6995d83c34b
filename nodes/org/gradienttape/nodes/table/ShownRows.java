package org.gradienttape.nodes.table;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.gradienttape.column.Column;
import org.gradienttape.column.Encoding;
import org.gradienttape.data.RowBatches;
import org.gradienttape.data.SampleBatches;
import org.gradienttape.data.WindowBatches;
import org.gradienttape.data.WindowForecast;
import org.gradienttape.error.InvalidInputException;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;

/** The rows of a table, shown to a model batch by batch and kept until the batch is written. */
public final class ShownRows {
    private final Iterator<DataRow> rows;
    private final RowCells cells;
    private final SampleBatches batches;
    /** More than any key begins with. */
    private int underscores;

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
        this.batches = encoding.windows().isPresent()
                ? new WindowBatches(encoding, columns, "table", count, this::next, cells)
                : new RowBatches(encoding, columns, "table", count, this::next, cells);
    }

    /** The rows, encoded. */
    public SampleBatches batches() {
        return batches;
    }

    /**
     * What comes behind the rows, if samples are windows over them; to be asked for when all rows are shown.
     *
     * @param targets the columns that the model predicts
     * @param steps how many rows each group gets
     */
    public WindowForecast forecast(final List<String> targets, final int steps) {
        return ((WindowBatches) batches).forecast(targets, steps);
    }

    /** A beginning that no key of a row shown so far has: underscores make it different. */
    String freeKeys(final String wanted) {
        return "_".repeat(underscores) + wanted;
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
        countUnderscores(row.getKey().getString());
        cells.show(row);
        return true;
    }

    private void countUnderscores(final String key) {
        int leading = 0;
        while (leading < key.length() && key.charAt(leading) == '_') {
            leading++;
        }
        if (key.startsWith(ForecastRows.NAME, leading)) {
            underscores = Math.max(underscores, leading + 1);
        }
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
