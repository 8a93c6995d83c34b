package org.gradienttape.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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

    private static BufferedImage read(final ConfusionChart chart, final int width, final int height)
            throws IOException {
        return ImageIO.read(new ByteArrayInputStream(chart.png(width, height)));
    }
}
