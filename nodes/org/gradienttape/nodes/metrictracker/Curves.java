package org.gradienttape.nodes.metrictracker;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.analysis.Direction;
import org.gradienttape.analysis.Series;
import org.gradienttape.image.LineChart;
import org.gradienttape.image.LineChart.Axis;

/**
 * The curves of one run.
 *
 * @param name of the run
 * @param series one per column that is followed
 */
record Curves(String name, List<Series> series) {
    Curves {
        series = List.copyOf(series);
    }

    /** One chart of all runs; curves are named after their run only if there are several. */
    static LineChart chart(final List<Curves> runs, final String title, final String xTitle) {
        final List<LineChart.Series> curves = new ArrayList<>();
        for (final Curves run : runs) {
            final String prefix = runs.size() == 1 ? "" : run.name() + ": ";
            run.series().forEach(series -> curves.add(curve(prefix, series)));
        }
        return new LineChart(title, xTitle, title(curves, Axis.LEFT), title(curves, Axis.RIGHT), curves);
    }

    private static LineChart.Series curve(final String prefix, final Series series) {
        return new LineChart.Series(
                prefix + series.name(),
                series.points().stream().mapToDouble(Series.Point::x).toArray(),
                series.points().stream().mapToDouble(Series.Point::value).toArray(),
                series.direction() == Direction.HIGHER_IS_BETTER ? Axis.RIGHT : Axis.LEFT);
    }

    /** The name of the only curve at an axis; a word for several. */
    private static String title(final List<LineChart.Series> curves, final Axis axis) {
        final List<LineChart.Series> here =
                curves.stream().filter(curve -> curve.axis() == axis).toList();
        if (here.size() == 1) {
            return here.get(0).name();
        }
        return axis == Axis.LEFT ? "Loss" : "Metrics";
    }
}
