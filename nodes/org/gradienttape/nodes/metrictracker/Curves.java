package org.gradienttape.nodes.metrictracker;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.gradienttape.analysis.Direction;
import org.gradienttape.analysis.Series;
import org.gradienttape.analysis.Thinning;
import org.gradienttape.image.LineChart;
import org.gradienttape.image.LineChart.Axis;

/**
 * The curves of one run.
 *
 * @param name of the run
 * @param series one per column that is followed
 */
record Curves(String name, List<Series> series) {
    /** Longer logs are thinned: the chart has fewer pixels, and its library takes a second for every few thousand rows. */
    private static final int MOST_ROWS = 10_000;

    Curves {
        series = List.copyOf(series);
    }

    /** One chart of all runs; curves are named after their run only if there are several. */
    static LineChart chart(final List<Curves> runs, final String title, final String xTitle) {
        final List<LineChart.Series> curves = new ArrayList<>();
        for (final Curves run : runs) {
            final String prefix = runs.size() == 1 ? "" : run.name() + ": ";
            final int[] drawn = Thinning.rows(run.series(), MOST_ROWS);
            run.series().forEach(series -> curves.add(curve(prefix, series, drawn)));
        }
        return new LineChart(title, xTitle, title(runs, Axis.LEFT), title(runs, Axis.RIGHT), curves);
    }

    private static LineChart.Series curve(final String prefix, final Series series, final int[] rows) {
        return new LineChart.Series(
                prefix + series.name(),
                IntStream.of(rows)
                        .mapToDouble(row -> series.points().get(row).x())
                        .toArray(),
                IntStream.of(rows)
                        .mapToDouble(row -> series.points().get(row).value())
                        .toArray(),
                axis(series));
    }

    private static Axis axis(final Series series) {
        return series.direction() == Direction.HIGHER_IS_BETTER ? Axis.RIGHT : Axis.LEFT;
    }

    /** The name that all curves at an axis share; a word for different ones. */
    private static String title(final List<Curves> runs, final Axis axis) {
        final List<String> names = runs.stream()
                .flatMap(run -> run.series().stream())
                .filter(series -> axis(series) == axis)
                .map(Series::name)
                .distinct()
                .toList();
        if (names.size() == 1) {
            return names.get(0);
        }
        return axis == Axis.LEFT ? "Loss" : "Metrics";
    }
}
