package org.gradienttape.nodes.view;

import java.util.List;
import org.gradienttape.analysis.Series;
import org.gradienttape.analysis.Series.Point;
import org.gradienttape.nodes.table.LogReader;
import org.gradienttape.nodes.view.CurvesData.Level;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/** Reads logs for the page of curves. */
public final class Logs {
    private Logs() {}

    /**
     * The curves of one table.
     *
     * @param run that the table tells of
     * @param columns to draw
     */
    public static CurvesData.Log of(final String run, final BufferedDataTable table, final List<String> columns) {
        final DataTableSpec spec = table.getDataTableSpec();
        final List<Series> series = read(table, columns);
        final List<Point> rows = series.get(0).points();
        return new CurvesData.Log(
                run,
                level(spec),
                LogReader.axisTitle(spec),
                rows.stream().mapToDouble(Point::x).toArray(),
                rows.stream().mapToInt(Point::epoch).toArray(),
                series.stream().map(Logs::drawn).toList());
    }

    private static CurvesData.Series drawn(final Series series) {
        return new CurvesData.Series(
                series.name(),
                series.direction(),
                series.points().stream()
                        .map(point -> Double.isFinite(point.value()) ? point.value() : null)
                        .toArray(Double[]::new));
    }

    private static Level level(final DataTableSpec spec) {
        if (LogReader.hasSteps(spec)) {
            return Level.STEP;
        }
        return LogReader.hasEpochs(spec) ? Level.EPOCH : Level.ROW;
    }

    private static List<Series> read(final BufferedDataTable table, final List<String> columns) {
        try {
            return LogReader.read(table, columns, new ExecutionMonitor());
        } catch (final CanceledExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
