package org.gradienttape.nodes.log;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.nodes.table.LogColumns;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
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
    private static final String FOLLOWED = "followed";

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
        final int[] columns = IntStream.concat(
                        Stream.of(LogColumns.EPOCH, LogColumns.STEP).mapToInt(name -> LogColumns.find(spec, name)),
                        followed.stream().mapToInt(spec::findColumnIndex))
                .filter(column -> column >= 0)
                .distinct()
                .toArray();
        final DataColumnSpec[] specs = IntStream.of(columns)
                .mapToObj(spec::getColumnSpec)
                .map(column -> followed.contains(column.getName()) ? marked(column) : column)
                .toArray(DataColumnSpec[]::new);
        final BufferedDataContainer container = exec.createDataContainer(new DataTableSpec(run, specs));
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
        return part.stream()
                .filter(column -> column.getProperties().containsProperty(FOLLOWED))
                .map(DataColumnSpec::getName)
                .toList();
    }

    /** A column of places may be followed, too. */
    private static DataColumnSpec marked(final DataColumnSpec column) {
        final DataColumnSpecCreator marked = new DataColumnSpecCreator(column);
        marked.setProperties(column.getProperties().cloneAndOverwrite(Map.of(FOLLOWED, "true")));
        return marked.createSpec();
    }

    private static DataRow part(final DataRow row, final int[] columns) {
        return new DefaultRow(
                row.getKey(), Arrays.stream(columns).mapToObj(row::getCell).toArray(DataCell[]::new));
    }
}
