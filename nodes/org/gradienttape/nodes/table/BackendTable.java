package org.gradienttape.nodes.table;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gradienttape.torch.Backend;
import org.knime.core.data.DataRow;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/** What computed a run, kept for the view of its node: Property, Value. */
public final class BackendTable {
    private BackendTable() {}

    public static BufferedDataTable write(final Backend backend, final ExecutionContext exec) {
        return write(backend.report(), exec);
    }

    /**
     * Writes what another program said.
     *
     * @param report values by their properties, in order
     */
    public static BufferedDataTable write(final Map<String, String> report, final ExecutionContext exec) {
        final Rows rows = new Rows(new Columns().text("Property").text("Value").spec(), exec);
        report.forEach((property, value) -> rows.text(property).text(value).endRow());
        return rows.close();
    }

    /** The values by their properties, in order. */
    public static Map<String, String> read(final BufferedDataTable table) {
        final Map<String, String> report = new LinkedHashMap<>();
        try (CloseableRowIterator rows = table.iterator()) {
            while (rows.hasNext()) {
                final DataRow row = rows.next();
                report.put(row.getCell(0).toString(), row.getCell(1).toString());
            }
        }
        return report;
    }
}
