package org.gradienttape.nodes.table;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;

/** The part of a log that a view follows: Epoch and Step, where there are any, and the followed columns. */
public final class FollowedLog {
    private static final Set<String> PLACES = Set.of(LogColumns.EPOCH, LogColumns.STEP);

    private FollowedLog() {}

    /**
     * Copies that part.
     *
     * @param run becomes the name of the table
     * @param followed names of columns of the log
     */
    public static BufferedDataTable write(
            final String run, final BufferedDataTable log, final List<String> followed, final ExecutionContext exec)
            throws CanceledExecutionException {
        final DataTableSpec spec = log.getDataTableSpec();
        final Set<String> names = new LinkedHashSet<>();
        PLACES.stream().filter(spec::containsName).sorted().forEach(names::add);
        names.addAll(followed);
        final int[] columns = names.stream().mapToInt(spec::findColumnIndex).toArray();
        final BufferedDataContainer container = exec.createDataContainer(new DataTableSpec(
                run, Arrays.stream(columns).mapToObj(spec::getColumnSpec).toArray(DataColumnSpec[]::new)));
        try (CloseableRowIterator rows = log.iterator()) {
            while (rows.hasNext()) {
                exec.checkCanceled();
                container.addRowToTable(part(rows.next(), columns));
            }
        }
        container.close();
        return container.getTable();
    }

    /** The followed columns of such a part. */
    public static List<String> columns(final DataTableSpec part) {
        return Arrays.stream(part.getColumnNames())
                .filter(name -> !PLACES.contains(name))
                .toList();
    }

    private static DataRow part(final DataRow row, final int[] columns) {
        return new DefaultRow(
                row.getKey(), Arrays.stream(columns).mapToObj(row::getCell).toArray(DataCell[]::new));
    }
}
