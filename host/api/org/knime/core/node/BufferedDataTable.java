package org.knime.core.node;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.JComponent;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;

/** A finished table. Its rows lie in memory. */
public final class BufferedDataTable implements DataTable, PortObject {
    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(BufferedDataTable.class);
    public static final PortType TYPE_OPTIONAL =
            PortTypeRegistry.getInstance().getPortType(BufferedDataTable.class, true);

    private static final AtomicInteger LAST_ID = new AtomicInteger();

    private final DataTableSpec spec;
    private final List<DataRow> rows;
    private final int id;

    BufferedDataTable(final DataTableSpec spec, final List<DataRow> rows) {
        this(spec, rows, LAST_ID.incrementAndGet());
    }

    /** A table that was saved with an id, which no new table gets from now on. */
    BufferedDataTable(final DataTableSpec spec, final List<DataRow> rows, final int id) {
        this.spec = spec;
        this.rows = List.copyOf(rows);
        this.id = id;
        LAST_ID.accumulateAndGet(id, Math::max);
    }

    @Override
    public DataTableSpec getDataTableSpec() {
        return spec;
    }

    @Override
    public DataTableSpec getSpec() {
        return spec;
    }

    /** The number of rows. */
    public long size() {
        return rows.size();
    }

    /** Names the table among those of a workflow. */
    public Integer getBufferedTableId() {
        return id;
    }

    @Override
    public CloseableRowIterator iterator() {
        return new Rows(rows.iterator());
    }

    @Override
    public String getSummary() {
        return "Rows: " + size() + ", Cols: " + spec.getNumColumns();
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    private static final class Rows extends CloseableRowIterator {
        private final Iterator<DataRow> rows;
        private boolean closed;

        Rows(final Iterator<DataRow> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            return !closed && rows.hasNext();
        }

        @Override
        public DataRow next() {
            if (closed) {
                throw new NoSuchElementException("The iterator over the table's rows is closed.");
            }
            return rows.next();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
