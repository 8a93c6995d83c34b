package org.gradienttape.image;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves over a common x axis. Losses usually go to the left axis, accuracies to the right one.
 *
 * @param title above the chart; empty for none
 * @param xTitle below the x axis
 * @param leftTitle beside the left axis
 * @param rightTitle beside the right axis, which is there when a series uses it
 * @param series the curves; their names differ
 */
public record LineChart(String title, String xTitle, String leftTitle, String rightTitle, List<Series> series) {
    private static final int MOST_MARKED_POINTS = 60;

    /** The y axis that a series is read at. */
    public enum Axis {
        LEFT,
        RIGHT
    }

    /**
     * One curve.
     *
     * @param name in the legend
     * @param x ascending
     * @param y as many as x; NaN or infinite for a gap; a series of gaps is left out
     * @param axis where its numbers are read
     */
    public record Series(String name, double[] x, double[] y, Axis axis) {
        public Series {
            if (x.length != y.length) {
                throw new IllegalArgumentException(x.length + " x came with " + y.length + " y");
            }
        }

        private boolean isEmpty() {
            return Arrays.stream(y).noneMatch(Double::isFinite);
        }
    }

    public LineChart {
        series = List.copyOf(series);
    }

    /** The chart as a PNG file of this size in pixels; the same bytes for the same chart on one machine. */
    public byte[] png(final int width, final int height) {
        final XYChart chart = new XYChart(width, height);
        chart.setTitle(title);
        chart.setXAxisTitle(xTitle);
        ChartStyle.apply(chart.getStyler(), series.size());
        final boolean left = isUsed(Axis.LEFT) || !isUsed(Axis.RIGHT);
        chart.setYAxisGroupTitle(0, left ? leftTitle : rightTitle);
        if (left && isUsed(Axis.RIGHT)) {
            chart.setYAxisGroupTitle(1, rightTitle);
            chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        }
        for (int i = 0; i < series.size(); i++) {
            final Series one = series.get(i);
            add(chart, one, ChartStyle.color(i), left && one.axis() == Axis.RIGHT ? 1 : 0);
        }
        return ChartStyle.png(chart);
    }

    private boolean isUsed(final Axis axis) {
        return series.stream().anyMatch(one -> one.axis() == axis && !one.isEmpty());
    }

    private static void add(final XYChart chart, final Series one, final Color colour, final int axis) {
        if (one.isEmpty()) {
            return;
        }
        final double[] y = Arrays.stream(one.y())
                .map(value -> Double.isFinite(value) ? value : Double.NaN)
                .toArray();
        final XYSeries line = chart.addSeries(one.name(), one.x(), y);
        line.setYAxisGroup(axis);
        line.setLineColor(colour);
        line.setMarkerColor(colour);
        line.setLineStyle(axis == 1 ? SeriesLines.DASH_DASH : SeriesLines.SOLID);
        line.setLineWidth(2);
        line.setMarker(y.length <= MOST_MARKED_POINTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
}
