package org.gradienttape.image;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

/** What all charts with two axes look like. */
final class ChartStyle {
    /** Okabe and Ito, 2008: told apart by people with every kind of colour vision (jfly.uni-koeln.de/color). */
    private static final List<Color> COLOURS = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9),
            new Color(0x000000));

    private static final Color GRID = new Color(0xDDDDDD);
    private static final Color TEXT = new Color(0x333333);
    private static final int MOST_SERIES_BELOW = 4;

    private ChartStyle() {}

    /** The color of the series at this place. */
    static Color color(final int place) {
        return COLOURS.get(place % COLOURS.size());
    }

    /** @param series how many the legend names */
    static void apply(final XYStyler style, final int series) {
        final boolean many = series > MOST_SERIES_BELOW;
        style.setLocale(Locale.ROOT);
        style.setAntiAlias(true);
        style.setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false).setChartFontColor(TEXT);
        style.setChartTitleFont(font(Font.BOLD, 16)).setChartTitlePadding(8);
        style.setLegendPosition(many ? Styler.LegendPosition.OutsideE : Styler.LegendPosition.OutsideS);
        style.setLegendLayout(many ? Styler.LegendLayout.Vertical : Styler.LegendLayout.Horizontal);
        style.setLegendBorderColor(Color.WHITE).setLegendFont(font(Font.PLAIN, 13));
        style.setMarkerSize(6).setChartPadding(12);
        style.setAxisTitleFont(font(Font.PLAIN, 13)).setAxisTickLabelsFont(font(Font.PLAIN, 12));
        style.setAxisTickLabelsColor(TEXT).setPlotGridLinesColor(GRID).setPlotGridLinesStroke(new BasicStroke(1));
        style.setXAxisTickMarkSpacingHint(80);
    }

    /** The chart as a PNG file; the same bytes for the same chart on one machine. */
    static byte[] png(final XYChart chart) {
        final ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            BitmapEncoder.saveBitmap(chart, png, BitmapEncoder.BitmapFormat.PNG);
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return png.toByteArray();
    }

    private static Font font(final int weight, final int size) {
        return new Font(Font.SANS_SERIF, weight, size);
    }
}
