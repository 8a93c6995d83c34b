package org.gradienttape.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ConfusionChartTest {
    private static final int FULL = 0xff0072b2;
    private static final int WHITE = 0xffffffff;

    /** All a are found, all b are taken for a: the left half of the matrix is dark, the right one white. */
    @Test
    void cellsAreAsDarkAsTheirShareOfTheTrueClass() throws IOException {
        final BufferedImage image =
                read(new ConfusionChart("", List.of("a", "b"), new long[][] {{7, 0}, {3, 0}}), 400, 300);

        for (final int y : new int[] {30, 200}) {
            assertThat(image.getRGB(80, y)).isEqualTo(FULL);
            assertThat(image.getRGB(370, y)).isEqualTo(WHITE);
        }
    }

    @Test
    void manyClassesAndLongNamesFit() throws IOException {
        final int n = 60;
        final BufferedImage many = read(
                new ConfusionChart(
                        "Many", IntStream.range(0, n).mapToObj(String::valueOf).toList(), new long[n][n]),
                800,
                500);
        final BufferedImage wide =
                read(new ConfusionChart("Wide", List.of("x".repeat(500)), new long[][] {{1}}), 200, 200);

        assertThat(many.getWidth()).isEqualTo(800);
        assertThat(wide.getRGB(195, 195)).isEqualTo(WHITE);
    }

    /** The matrix lies between x 57 and 386, y 50 and 242; its middle and the names' own width shift with the font by a few. */
    @Test
    void countsAndNamesStandInTheMiddleOfWhatTheyName() throws IOException {
        final BufferedImage image =
                read(new ConfusionChart("Title", List.of("a", "b"), new long[][] {{7, 0}, {1, 3}}), 400, 300);

        assertInk(image, new Rectangle(110, 70, 60, 60), 139, 98);
        assertInk(image, new Rectangle(270, 70, 60, 60), 303, 98);
        assertInk(image, new Rectangle(110, 165, 60, 60), 139, 194);
        assertInk(image, new Rectangle(270, 165, 60, 60), 303, 194);
        assertInk(image, new Rectangle(0, 4, 400, 40), 200, 25);
        assertInk(image, new Rectangle(60, 266, 320, 30), 221, 275);
        assertInk(image, new Rectangle(4, 60, 33, 180), 25, 146);
        assertInk(image, new Rectangle(100, 245, 80, 20), 139, 254);
        assertInk(image, new Rectangle(270, 245, 80, 20), 303, 253);
        assertInk(image, new Rectangle(38, 70, 16, 60), 46, 99);
        assertInk(image, new Rectangle(38, 165, 16, 60), 46, 194);
    }

    /** A number on a dark cell is light, and one on a light cell dark; nothing is written in cells of many classes. */
    @Test
    void countsCanBeRead() throws IOException {
        final BufferedImage image =
                read(new ConfusionChart("", List.of("a", "b"), new long[][] {{8, 2}, {4, 4}}), 400, 300);

        assertThat(lightest(image, new Rectangle(120, 60, 40, 40))).isGreaterThan(0xf0);
        assertThat(darkest(image, new Rectangle(280, 60, 40, 40))).isLessThan(0x60);
        assertThat(darkest(image, new Rectangle(280, 170, 40, 40))).isLessThan(0x60); // a half is no dark cell
    }

    private static void assertInk(final BufferedImage image, final Rectangle part, final int x, final int y) {
        final int paper = image.getRGB(part.x, part.y);
        final Rectangle ink = new Rectangle(-1, -1);
        for (int row = part.y; row < part.y + part.height; row++) {
            for (int column = part.x; column < part.x + part.width; column++) {
                if (image.getRGB(column, row) != paper) {
                    ink.add(new Rectangle(column, row, 1, 1));
                }
            }
        }
        assertThat(ink.isEmpty()).as("ink around %d, %d", x, y).isFalse();
        assertThat(ink.getCenterX()).as("middle of the ink in %s", part).isCloseTo(x, within(4.0));
        assertThat(ink.getCenterY()).as("middle of the ink in %s", part).isCloseTo(y, within(4.0));
    }

    private static int lightest(final BufferedImage image, final Rectangle part) {
        return reds(image, part).max().orElseThrow();
    }

    private static int darkest(final BufferedImage image, final Rectangle part) {
        return reds(image, part).min().orElseThrow();
    }

    private static IntStream reds(final BufferedImage image, final Rectangle part) {
        return Arrays.stream(image.getRGB(part.x, part.y, part.width, part.height, null, 0, part.width))
                .map(rgb -> rgb >> 16 & 0xff);
    }

    private static BufferedImage read(final ConfusionChart chart, final int width, final int height)
            throws IOException {
        return ImageIO.read(new ByteArrayInputStream(chart.png(width, height)));
    }
}
