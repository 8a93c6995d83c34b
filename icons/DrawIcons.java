import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * Draws the icons of the nodes and of their category, 16 x 16 pixels each, as one family: ink for what stays, orange for
 * what is learned or moved, teal for what is measured. Run it after a change: {@code java icons/DrawIcons.java icons}. A
 * second argument is a factor, to look at the icons enlarged.
 */
public final class DrawIcons {
    private static final int SIZE = 16;
    private static final Color INK = new Color(0x34, 0x49, 0x5e);
    private static final Color PAPER = new Color(0xe3, 0xea, 0xf0);
    private static final Color ORANGE = new Color(0xf0, 0x6a, 0x1e);
    private static final Color TEAL = new Color(0x12, 0x96, 0x9f);

    private DrawIcons() {}

    public static void main(final String[] arguments) throws IOException {
        final Map<String, Consumer<Graphics2D>> icons = Map.ofEntries(
                Map.entry("category", DrawIcons::category),
                Map.entry("dataset-reader", DrawIcons::datasetReader),
                Map.entry("model-builder", DrawIcons::modelBuilder),
                Map.entry("gradient-tape-trainer", DrawIcons::gradientTapeTrainer),
                Map.entry("metric-tracker", DrawIcons::metricTracker),
                Map.entry("model-writer", DrawIcons::modelWriter),
                Map.entry("model-reader", DrawIcons::modelReader),
                Map.entry("gan-trainer", DrawIcons::ganTrainer),
                Map.entry("image-writer", DrawIcons::imageWriter),
                Map.entry("model-predictor", DrawIcons::modelPredictor),
                Map.entry("dataset-to-table", DrawIcons::datasetToTable));
        final int factor = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        for (final Map.Entry<String, Consumer<Graphics2D>> icon : icons.entrySet()) {
            final Path file = Path.of(arguments[0], icon.getKey() + ".png");
            ImageIO.write(draw(icon.getValue(), factor), "png", file.toFile());
        }
    }

    private static BufferedImage draw(final Consumer<Graphics2D> icon, final int factor) {
        final BufferedImage image = new BufferedImage(SIZE * factor, SIZE * factor, BufferedImage.TYPE_INT_ARGB);
        final Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(factor, factor);
        icon.accept(g);
        g.dispose();
        return image;
    }

    /** The gradient's sign, a nabla, on a line of tape. */
    private static void category(final Graphics2D g) {
        final Path2D nabla = polygon(1.5, 2, 14.5, 2, 8, 13);
        nabla.append(polygon(5, 4, 11, 4, 8, 9.2), false);
        nabla.setWindingRule(Path2D.WIND_EVEN_ODD);
        g.setColor(ORANGE);
        g.fill(nabla);
        g.setColor(INK);
        g.fill(new Rectangle2D.Double(1, 14, 14, 1));
    }

    /** A stack of pictures; the first one is a 7. */
    private static void datasetReader(final Graphics2D g) {
        card(g, 5.5, 1.5);
        card(g, 3.5, 3.5);
        card(g, 1.5, 5.5);
        g.setColor(ORANGE);
        final int[][] pixels = {{4, 8}, {5, 8}, {6, 8}, {7, 8}, {7, 9}, {6, 10}, {6, 11}, {5, 12}};
        for (final int[] pixel : pixels) {
            g.fill(new Rectangle2D.Double(pixel[0], pixel[1], 1, 1));
        }
    }

    private static void card(final Graphics2D g, final double x, final double y) {
        filled(g, new RoundRectangle2D.Double(x, y, 9, 9, 1.5, 1.5));
    }

    /** Two inputs, three units, and a plus for the next layer. */
    private static void modelBuilder(final Graphics2D g) {
        g.setColor(INK);
        g.setStroke(new BasicStroke(0.8f));
        final double[] left = {4.5, 11.5};
        final double[] middle = {2.5, 8, 13.5};
        for (final double from : left) {
            for (final double to : middle) {
                g.draw(new Line2D.Double(2.5, from, 8, to));
            }
        }
        for (final double from : middle) {
            g.draw(new Line2D.Double(8, from, 11, 8));
        }
        for (final double y : left) {
            dot(g, INK, 2.5, y, 2);
        }
        for (final double y : middle) {
            dot(g, TEAL, 8, y, 2);
        }
        g.setColor(ORANGE);
        g.fill(new Rectangle2D.Double(10, 7, 6, 2));
        g.fill(new Rectangle2D.Double(12, 5, 2, 6));
    }

    /** A tape: two reels in a cassette. */
    private static void gradientTapeTrainer(final Graphics2D g) {
        filled(g, new RoundRectangle2D.Double(0.5, 2.5, 15, 11, 2.5, 2.5));
        g.setColor(INK);
        g.fill(polygon(4, 13, 5, 10.5, 11, 10.5, 12, 13));
        g.fill(new Rectangle2D.Double(3, 4, 10, 1));
        for (final double x : new double[] {4.75, 11.25}) {
            dot(g, ORANGE, x, 7.75, 2.25);
            dot(g, PAPER, x, 7.75, 0.9);
        }
        g.setColor(ORANGE);
        g.fill(new Rectangle2D.Double(4.75, 9, 6.5, 1));
    }

    /** Two curves: the loss falls, the accuracy rises. */
    private static void metricTracker(final Graphics2D g) {
        g.setColor(INK);
        g.fill(new Rectangle2D.Double(1, 1, 1, 14));
        g.fill(new Rectangle2D.Double(1, 14, 14, 1));
        g.setStroke(new BasicStroke(1.7f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(TEAL);
        g.draw(curve(3.5, 11.5, 5.5, 5, 9, 4.2, 14, 4));
        g.setColor(ORANGE);
        g.draw(curve(3.5, 2.5, 5, 9, 8, 11, 14, 11.5));
    }

    /** An arrow into a file that holds a network. */
    private static void modelWriter(final Graphics2D g) {
        file(g, 5.5);
        arrow(g, 0, 8.5);
    }

    /** An arrow out of a file that holds a network. */
    private static void modelReader(final Graphics2D g) {
        file(g, 1.5);
        arrow(g, 8, 16);
    }

    /** An arrow into a picture: a hill and the sun. */
    private static void imageWriter(final Graphics2D g) {
        filled(g, new RoundRectangle2D.Double(5.5, 2.5, 10, 11, 1.5, 1.5));
        dot(g, TEAL, 12.3, 5.7, 1.4);
        g.setColor(INK);
        g.fill(polygon(7, 13, 11, 8.5, 15, 13));
        arrow(g, 0, 8.5);
    }

    /** A forger and a judge: two networks that face each other, and the picture between them. */
    private static void ganTrainer(final Graphics2D g) {
        g.setColor(ORANGE);
        g.fill(polygon(0.5, 5.5, 5, 2.5, 5, 13.5, 0.5, 10.5));
        g.setColor(TEAL);
        g.fill(polygon(11, 2.5, 15.5, 5.5, 15.5, 10.5, 11, 13.5));
        filled(g, new Rectangle2D.Double(5.5, 5.5, 5, 5));
        g.setColor(INK);
        g.fill(new Rectangle2D.Double(7, 7, 2, 2));
    }

    /** A network that looks at a sample, and the bars of what it says; the longest one is the prediction. */
    private static void modelPredictor(final Graphics2D g) {
        g.setColor(INK);
        g.setStroke(new BasicStroke(0.8f));
        for (final double y : new double[] {3.5, 12.5}) {
            g.draw(new Line2D.Double(2.5, y, 6.5, 8));
        }
        dot(g, INK, 2.5, 3.5, 1.8);
        dot(g, INK, 2.5, 12.5, 1.8);
        dot(g, TEAL, 6.5, 8, 2);
        g.setColor(INK);
        g.fill(new Rectangle2D.Double(10, 2, 1, 12));
        g.fill(new Rectangle2D.Double(11, 3, 2, 2));
        g.fill(new Rectangle2D.Double(11, 11, 3, 2));
        g.setColor(ORANGE);
        g.fill(new Rectangle2D.Double(11, 7, 5, 2));
    }

    /** A picture above the rows of a table. */
    private static void datasetToTable(final Graphics2D g) {
        filled(g, new Rectangle2D.Double(4.5, 5.5, 11, 10));
        g.setColor(INK);
        g.fill(new Rectangle2D.Double(5, 8.5, 10, 1));
        g.fill(new Rectangle2D.Double(5, 11.5, 10, 1));
        g.fill(new Rectangle2D.Double(10, 6, 1, 9));
        filled(g, new RoundRectangle2D.Double(0.5, 0.5, 8, 8, 1.5, 1.5));
        g.setColor(ORANGE);
        final int[][] pixels = {{2, 2}, {3, 2}, {4, 2}, {5, 2}, {5, 3}, {4, 4}, {4, 5}, {3, 6}};
        for (final int[] pixel : pixels) {
            g.fill(new Rectangle2D.Double(pixel[0], pixel[1], 1, 1));
        }
    }

    private static void file(final Graphics2D g, final double x) {
        filled(g, polygon(x, 1.5, x + 6, 1.5, x + 9, 4.5, x + 9, 14.5, x, 14.5));
        g.setColor(INK);
        g.fill(polygon(x + 6, 1.5, x + 9, 4.5, x + 6, 4.5));
        dot(g, TEAL, x + 4.5, 4.5, 1.2);
        dot(g, TEAL, x + 3, 12.3, 1.2);
        dot(g, TEAL, x + 6, 12.3, 1.2);
    }

    private static void arrow(final Graphics2D g, final double from, final double to) {
        g.setColor(ORANGE);
        g.fill(new Rectangle2D.Double(from, 7.5, to - from - 3, 2));
        g.fill(polygon(to - 4, 5, to, 8.5, to - 4, 12));
    }

    private static void filled(final Graphics2D g, final java.awt.Shape shape) {
        g.setColor(PAPER);
        g.fill(shape);
        g.setColor(INK);
        g.setStroke(new BasicStroke(1));
        g.draw(shape);
    }

    private static void dot(
            final Graphics2D g, final Color color, final double x, final double y, final double radius) {
        g.setColor(color);
        g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    private static Path2D curve(final double... points) {
        final Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        path.curveTo(points[2], points[3], points[4], points[5], points[6], points[7]);
        return path;
    }

    private static Path2D polygon(final double... points) {
        final Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        path.closePath();
        return path;
    }
}
