package org.gradienttape.image;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Predicted numbers against the true ones, with the line on which they would be equal.
 *
 * @param title above the chart; empty for none
 * @param series one per run; their names differ
 */
public record PointChart(String title, List<Series> series) {
    private static final String EQUAL = "Predicted = true";
    private static final Color LINE = new Color(0x777777);
    private static final int ALPHA = 150;

    /**
     * The points of one run.
     *
     * @param name in the legend
     * @param targets the true numbers, finite
     * @param predicted as many, finite
     */
    public record Series(String name, double[] targets, double[] predicted) {
        public Series {
            if (targets.length != predicted.length) {
                throw new IllegalArgumentException(
                        targets.length + " targets came with " + predicted.length + " predictions");
            }
        }
    }

    public PointChart {
        series = List.copyOf(series);
    }

    /** The chart as a PNG file of this size in pixels; the same bytes for the same chart on one machine. */
    public byte[] png(final int width, final int height) {
        final XYChart chart = new XYChart(width, height);
        chart.setTitle(title);
        chart.setXAxisTitle("True");
        chart.setYAxisTitle("Predicted");
        ChartStyle.apply(chart.getStyler(), series.size());
        addLine(chart);
        for (int i = 0; i < series.size(); i++) {
            if (series.get(i).targets().length > 0) {
                add(chart, series.get(i), ChartStyle.color(i));
            }
        }
        return ChartStyle.png(chart);
    }

    private void addLine(final XYChart chart) {
        final double[] all = series.stream()
                .flatMapToDouble(
                        one -> DoubleStream.concat(Arrays.stream(one.targets()), Arrays.stream(one.predicted())))
                .sorted()
                .toArray();
        if (all.length > 0) {
            final double[] ends = {all[0], all[all.length - 1]};
            final XYSeries line = chart.addSeries(EQUAL, ends, ends);
            line.setLineColor(LINE);
            line.setLineStyle(SeriesLines.DASH_DASH);
            line.setLineWidth(1);
            line.setMarker(SeriesMarkers.NONE);
        }
    }

    private static void add(final XYChart chart, final Series one, final Color color) {
        final XYSeries points = chart.addSeries(one.name(), one.targets(), one.predicted());
        points.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        points.setMarker(SeriesMarkers.CIRCLE);
        points.setMarkerColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), ALPHA));
    }
}
