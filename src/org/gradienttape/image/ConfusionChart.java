package org.gradienttape.image;

import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.style.HeatMapStyler;

/**
 * A confusion matrix: true classes from top to bottom, predicted ones from left to right, the darker the more often.
 *
 * @param title above the chart; empty for none
 * @param classes their names
 * @param counts [true class, predicted class]
 */
public record ConfusionChart(String title, List<String> classes, long[][] counts) {
    private static final int MOST_NUMBERED_CLASSES = 20;
    private static final Color TEXT = new Color(0x333333);
    private static final Color[] COLOURS = {Color.WHITE, new Color(0x9ECAE1), new Color(0x0072B2)};

    public ConfusionChart {
        classes = List.copyOf(classes);
    }

    /** The chart as a PNG file of this size in pixels. */
    public byte[] png(final int width, final int height) {
        final HeatMapChart chart = new HeatMapChart(width, height);
        chart.setTitle(title);
        chart.setXAxisTitle("Predicted class");
        chart.setYAxisTitle("True class");
        style(chart.getStyler());
        final List<String> fromBelow = new ArrayList<>(classes);
        Collections.reverse(fromBelow);
        final List<Number[]> cells = new ArrayList<>();
        for (int x = 0; x < classes.size(); x++) {
            for (int y = 0; y < classes.size(); y++) {
                cells.add(new Number[] {x, y, counts[classes.size() - 1 - y][x]});
            }
        }
        chart.addSeries("Samples", classes, fromBelow, cells);
        final ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            BitmapEncoder.saveBitmap(chart, png, BitmapEncoder.BitmapFormat.PNG);
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return png.toByteArray();
    }

    private void style(final HeatMapStyler style) {
        style.setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE);
        style.setChartFontColor(TEXT).setChartPadding(12);
        style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        style.setPlotContentSize(1);
        style.setRangeColors(COLOURS);
        style.setShowValue(classes.size() <= MOST_NUMBERED_CLASSES);
    }
}
