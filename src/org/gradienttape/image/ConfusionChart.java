package org.gradienttape.image;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/**
 * A confusion matrix: true classes from top to bottom, predicted ones from left to right. A cell is the darker, the larger
 * its share of the samples of its true class.
 *
 * @param title above the chart; empty for none
 * @param classes their names
 * @param counts [true class, predicted class]
 */
public record ConfusionChart(String title, List<String> classes, long[][] counts) {
    private static final int MOST_NAMED_CLASSES = 30;
    private static final int PADDING = 14;
    private static final int LINE = 22;
    private static final int WIDEST_NAME = 140;
    private static final double DARK = 0.5;
    private static final Color TEXT = new Color(0x333333);
    private static final Color GRID = new Color(0xDDDDDD);
    /** Okabe and Ito's blue, as in the line charts. */
    private static final Color FULL = new Color(0x0072B2);

    public ConfusionChart {
        classes = List.copyOf(classes);
    }

    /** The chart as a PNG file of this size in pixels. */
    public byte[] png(final int width, final int height) {
        final BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        final Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, height);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        final int names = nameWidth(g.getFontMetrics());
        final int top = PADDING + (title.isEmpty() ? 0 : LINE + PADDING);
        final Rectangle2D plot = new Rectangle2D.Double(
                PADDING + LINE + names, top, width - 2.0 * PADDING - LINE - names, height - top - 2.0 * LINE - PADDING);
        drawCells(g, plot);
        drawTexts(g, plot, width);
        g.dispose();
        return ImageFormat.png(image);
    }

    private void drawCells(final Graphics2D g, final Rectangle2D plot) {
        final int n = classes.size();
        final double cellWidth = plot.getWidth() / n;
        final double cellHeight = plot.getHeight() / n;
        for (int label = 0; label < n; label++) {
            final long labelled = Arrays.stream(counts[label]).sum();
            for (int predicted = 0; predicted < n; predicted++) {
                final double share = labelled == 0 ? 0 : (double) counts[label][predicted] / labelled;
                final Rectangle2D cell = new Rectangle2D.Double(
                        plot.getX() + predicted * cellWidth, plot.getY() + label * cellHeight, cellWidth, cellHeight);
                g.setColor(shade(share));
                g.fill(cell);
                if (n <= MOST_NAMED_CLASSES) {
                    g.setColor(GRID);
                    g.draw(cell);
                    g.setColor(share > DARK ? Color.WHITE : TEXT);
                    centre(g, String.valueOf(counts[label][predicted]), cell.getCenterX(), cell.getCenterY());
                }
            }
        }
    }

    private void drawTexts(final Graphics2D g, final Rectangle2D plot, final int width) {
        g.setColor(TEXT);
        final int n = classes.size();
        for (int i = 0; i < n && n <= MOST_NAMED_CLASSES; i++) {
            final String name = shortened(classes.get(i), g.getFontMetrics());
            final double place = (i + 0.5) / n;
            centre(g, name, plot.getX() + place * plot.getWidth(), plot.getMaxY() + LINE / 2.0);
            final double left = plot.getX() - PADDING / 2.0 - g.getFontMetrics().stringWidth(name) / 2.0;
            centre(g, name, left, plot.getY() + place * plot.getHeight());
        }
        centre(g, "Predicted class", plot.getCenterX(), plot.getMaxY() + 1.5 * LINE);
        final Graphics2D turned = (Graphics2D) g.create();
        turned.rotate(-Math.PI / 2, PADDING + LINE / 2.0, plot.getCenterY());
        centre(turned, "True class", PADDING + LINE / 2.0, plot.getCenterY());
        turned.dispose();
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        centre(g, title, width / 2.0, PADDING + LINE / 2.0);
    }

    private int nameWidth(final FontMetrics metrics) {
        return classes.size() > MOST_NAMED_CLASSES
                ? PADDING
                : PADDING
                        + classes.stream()
                                .mapToInt(name -> metrics.stringWidth(shortened(name, metrics)))
                                .max()
                                .orElse(0);
    }

    private static String shortened(final String name, final FontMetrics metrics) {
        String text = name;
        while (metrics.stringWidth(text) > WIDEST_NAME) {
            text = text.substring(0, text.length() - 2) + "…";
        }
        return text;
    }

    private static Color shade(final double share) {
        return new Color(
                mix(Color.WHITE.getRed(), FULL.getRed(), share),
                mix(Color.WHITE.getGreen(), FULL.getGreen(), share),
                mix(Color.WHITE.getBlue(), FULL.getBlue(), share));
    }

    private static int mix(final int from, final int to, final double share) {
        return (int) Math.round(from + (to - from) * share);
    }

    private static void centre(final Graphics2D g, final String text, final double x, final double y) {
        final FontMetrics metrics = g.getFontMetrics();
        g.drawString(text, (float) (x - metrics.stringWidth(text) / 2.0), (float)
                (y + (metrics.getAscent() - metrics.getDescent()) / 2.0));
    }
}
