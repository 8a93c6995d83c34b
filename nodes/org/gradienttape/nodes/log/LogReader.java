package org.gradienttape.nodes.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.gradienttape.analysis.Direction;
import org.gradienttape.analysis.Series;
import org.gradienttape.analysis.Series.Point;
import org.gradienttape.nodes.table.LogColumns;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/** Reads curves from a log table. */
public final class LogReader {
    private final DataTableSpec spec;
    private final List<String> names;
    private final int[] columns;
    /** Of each row: epoch, step, then the values. */
    private final List<double[]> rows = new ArrayList<>();

    private final Map<String, Integer> notFinite = new LinkedHashMap<>();

    private LogReader(final DataTableSpec spec, final List<String> names) {
        this.spec = spec;
        this.names = names;
        this.columns = IntStream.concat(
                        IntStream.of(LogColumns.find(spec, LogColumns.EPOCH), LogColumns.find(spec, LogColumns.STEP)),
                        names.stream().mapToInt(spec::findColumnIndex))
                .toArray();
    }

    /**
     * Reads a table.
     *
     * @param names of columns that hold numbers; a missing cell becomes NaN
     */
    public static LogCurves read(final BufferedDataTable table, final List<String> names, final ExecutionMonitor exec)
            throws CanceledExecutionException {
        final LogReader reader = new LogReader(table.getDataTableSpec(), names);
        try (CloseableRowIterator rows = table.iterator()) {
            while (rows.hasNext()) {
                exec.checkCanceled();
                reader.take(rows.next());
            }
        }
        return reader.curves();
    }

    private void take(final DataRow cells) {
        rows.add(Arrays.stream(columns)
                .mapToDouble(column -> number(cells, column))
                .toArray());
        for (int i = 0; i < names.size(); i++) {
            if (cells.getCell(columns[i + 2]) instanceof DoubleValue value
                    && !Double.isFinite(value.getDoubleValue())) {
                notFinite.merge(names.get(i), 1, Integer::sum);
            }
        }
    }

    private static double number(final DataRow cells, final int column) {
        if (column < 0) {
            return Double.NaN;
        }
        final DataCell cell = cells.getCell(column);
        return cell instanceof DoubleValue value ? value.getDoubleValue() : Double.NaN;
    }

    private LogCurves curves() {
        final LogPlaces places = LogPlaces.of(column(0), column(1), stepsPerEpoch());
        final List<Series> series = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            series.add(new Series(names.get(i), Direction.of(names.get(i)), points(column(i + 2), places.x())));
        }
        return new LogCurves(
                places.axis(), DoubleStream.of(column(0)).anyMatch(epoch -> !Double.isNaN(epoch)), notFinite, series);
    }

    private double[] column(final int place) {
        return rows.stream().mapToDouble(row -> row[place]).toArray();
    }

    /** A row without an epoch belongs to that of the row before. */
    private List<Point> points(final double[] values, final double[] x) {
        final List<Point> points = new ArrayList<>();
        int epoch = 0;
        for (int row = 0; row < x.length; row++) {
            final double own = rows.get(row)[0];
            epoch = Double.isNaN(own) ? epoch : (int) own;
            points.add(new Point(epoch, x[row], values[row]));
        }
        return points;
    }

    /** 0 if the table does not say it, or what it says is no such number. */
    private int stepsPerEpoch() {
        final String text = columns[1] < 0
                ? null
                : spec.getColumnSpec(columns[1]).getProperties().getProperty(LogColumns.STEPS_PER_EPOCH);
        return text != null && text.matches("[1-9]\\d{0,8}") ? Integer.parseInt(text) : 0;
    }
}
