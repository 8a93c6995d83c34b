package org.knime.core.node;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.gradienttape.host.api.table.DuplicateRowKeyException;
import org.gradienttape.host.api.table.TableDomains;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.container.RowAppender;
import org.knime.core.data.def.DefaultRow;

/** Takes rows one by one, checks them against the spec, and makes a table of them once it is closed. */
public class BufferedDataContainer implements RowAppender {
    private static final int SHOWN_CHARACTERS = 30;

    private final DataTableSpec spec;
    private final TableDomains domains;
    private final List<DataRow> rows = new ArrayList<>();
    private final Set<RowKey> keys = new HashSet<>();
    private BufferedDataTable table;

    protected BufferedDataContainer(final DataTableSpec spec) {
        this.spec = Objects.requireNonNull(spec, "a table needs a spec");
        domains = new TableDomains(spec);
    }

    /** The table that was saved with this id. */
    protected static BufferedDataTable restore(final DataTableSpec spec, final List<DataRow> rows, final int id) {
        return new BufferedDataTable(spec, rows, id);
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if the number of cells or the type of a cell is not that of the spec
     * @throws DuplicateRowKeyException if the key was added before
     * @throws IllegalStateException if the container is closed
     */
    @Override
    public void addRowToTable(final DataRow row) {
        if (isClosed()) {
            throw new IllegalStateException("Cannot add row: container has not been initialized (opened).");
        }
        check(row);
        if (!keys.add(row.getKey())) {
            throw new DuplicateRowKeyException(row.getKey().getString());
        }
        domains.add(row);
        rows.add(row instanceof DefaultRow ? row : new DefaultRow(row.getKey(), row));
    }

    private void check(final DataRow row) {
        if (row.getNumCells() != spec.getNumColumns()) {
            throw new IllegalArgumentException("Cell count in row \"" + row.getKey()
                    + "\" is not equal to length of column names array: " + row.getNumCells() + " vs. "
                    + spec.getNumColumns());
        }
        for (int i = 0; i < row.getNumCells(); i++) {
            final DataCell cell = row.getCell(i);
            final DataType expected = spec.getColumnSpec(i).getType();
            if (!expected.isASuperTypeOf(cell.getType())) {
                final String text = cell.toString();
                final String shown =
                        text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "..." : text;
                throw new IllegalArgumentException("Runtime class of object \"" + shown + "\" (index " + i
                        + ") in row \"" + row.getKey() + "\" is " + cell.getType()
                        + " and does not comply with its supposed superclass " + expected);
            }
        }
    }

    /** Finishes the table. */
    public void close() {
        if (!isClosed()) {
            table = new BufferedDataTable(domains.spec(), rows);
        }
    }

    public boolean isClosed() {
        return table != null;
    }

    /** The spec of the table, with domains once the container is closed. */
    public DataTableSpec getTableSpec() {
        return isClosed() ? table.getDataTableSpec() : spec;
    }

    /** The number of rows so far. */
    public long size() {
        return rows.size();
    }

    /** @throws IllegalStateException if the container is not closed yet */
    public BufferedDataTable getTable() {
        if (!isClosed()) {
            throw new IllegalStateException("Cannot get table: container is not closed.");
        }
        return table;
    }
}
