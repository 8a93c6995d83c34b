package org.gradienttape.nodes.view;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gradienttape.analysis.Series;
import org.gradienttape.analysis.Series.Point;
import org.gradienttape.analysis.Thinning;
import org.gradienttape.nodes.log.LogCurves;
import org.gradienttape.nodes.log.LogReader;
import org.gradienttape.nodes.table.LogColumns;
import org.gradienttape.nodes.view.CurvesData.Level;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/** Reads logs for the page of curves. A log of more than {@value #MOST_ROWS} rows is thinned to at most as many. */
public final class Logs {
    static final int MOST_ROWS = 100_000;

    private Logs() {}

    /**
     * The curves of one table.
     *
     * @param run that the table tells of
     * @param columns to draw
     */
    public static CurvesData.Log of(final String run, final BufferedDataTable table, final List<String> columns) {
        return log(run, read(table, columns));
    }

    /**
     * The curves of the only table of a run. If it is a log of steps that had to be thinned, the means of its epochs follow as
     * a log of their own, since the page cannot take them from the rows that are left.
     *
     * @param run that the table tells of
     * @param columns to draw
     */
    public static List<CurvesData.Log> withMeans(
            final String run, final BufferedDataTable table, final List<String> columns) {
        final LogCurves curves = read(table, columns);
        final CurvesData.Log log = log(run, curves);
        if (log.level() != Level.STEP || log.rows() == log.x().length) {
            return List.of(log);
        }
        final List<Series> means = curves.series().stream().map(Logs::means).toList();
        return List.of(log, log(run, Level.EPOCH, LogColumns.EPOCH, Values.MEANS, means));
    }

    /** What the values of a log are. */
    private enum Values {
        LOGGED,
        MEANS
    }

    private static CurvesData.Log log(final String run, final LogCurves curves) {
        return log(run, level(curves.axis()), curves.axis().title(), Values.LOGGED, curves.series());
    }

    private static CurvesData.Log log(
            final String run, final Level level, final String xTitle, final Values values, final List<Series> series) {
        final List<Point> points = series.get(0).points();
        final int[] drawn = Thinning.rows(series, MOST_ROWS);
        return new CurvesData.Log(
                run,
                level,
                xTitle,
                points.size(),
                values == Values.MEANS,
                IntStream.of(drawn).mapToDouble(row -> points.get(row).x()).toArray(),
                IntStream.of(drawn).map(row -> points.get(row).epoch()).toArray(),
                series.stream().map(column -> drawn(column, drawn)).toList());
    }

    private static CurvesData.Series drawn(final Series series, final int[] rows) {
        return new CurvesData.Series(
                series.name(),
                series.direction(),
                IntStream.of(rows)
                        .mapToObj(row -> series.points().get(row).value())
                        .map(value -> Double.isFinite(value) ? value : null)
                        .toArray(Double[]::new));
    }

    /** The mean of each epoch, in the order of the epochs; NaN for one without any value. */
    private static Series means(final Series series) {
        final Map<Integer, DoubleSummaryStatistics> epochs = new LinkedHashMap<>();
        for (final Point point : series.points()) {
            final DoubleSummaryStatistics epoch =
                    epochs.computeIfAbsent(point.epoch(), fresh -> new DoubleSummaryStatistics());
            if (Double.isFinite(point.value())) {
                epoch.accept(point.value());
            }
        }
        final List<Point> points = new ArrayList<>();
        epochs.forEach((epoch, values) ->
                points.add(new Point(epoch, epoch, values.getCount() == 0 ? Double.NaN : values.getAverage())));
        return new Series(series.name(), series.direction(), points);
    }

    private static Level level(final LogCurves.Axis axis) {
        if (axis.isOfSteps()) {
            return Level.STEP;
        }
        return axis == LogCurves.Axis.EPOCHS ? Level.EPOCH : Level.ROW;
    }

    private static LogCurves read(final BufferedDataTable table, final List<String> columns) {
        try {
            return LogReader.read(table, columns, new ExecutionMonitor());
        } catch (final CanceledExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
