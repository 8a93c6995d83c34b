package org.gradienttape.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.gradienttape.image.PointChart.Series;
import org.junit.jupiter.api.Test;

class PointChartTest {
    private static final double[] NONE = {};

    @Test
    void thePointsLieWhereTheirNumbersAre() throws IOException {
        final BufferedImage image = draw(new Series("a", new double[] {0, 10, 10, 0}, new double[] {0, 10, 10, 0}));

        assertThat(image.getWidth()).isEqualTo(640);
        assertThat(image.getHeight()).isEqualTo(400);
        assertThat(bluish(image, 0, 320, 200, 360))
                .as("lower left, above the legend")
                .isPositive();
        assertThat(bluish(image, 320, 640, 0, 200)).as("upper right").isPositive();
        assertThat(bluish(image, 0, 320, 0, 200)).as("upper left").isZero();
    }

    @Test
    void everyRunHasItsColor() throws IOException {
        final Series first = new Series("a", new double[] {1, 2}, new double[] {1, 2});
        final BufferedImage image = draw(first, new Series("b", new double[] {1, 2}, new double[] {2, 1}));

        assertThat(bluish(image, 0, 640, 0, 400)).isPositive();
        assertThat(orange(image)).isPositive();
    }

    @Test
    void aSinglePointAndNoneAtAllCanBeDrawn() throws IOException {
        assertThat(bluish(draw(new Series("a", new double[] {3}, new double[] {3})), 0, 640, 0, 400))
                .isPositive();
        assertThat(draw(new Series("a", NONE, NONE)).getWidth()).isEqualTo(640);
        assertThat(draw(new Series("a", NONE, NONE), new Series("b", new double[] {3}, new double[] {4}))
                        .getWidth())
                .isEqualTo(640);
    }

    @Test
    void everyTargetNeedsItsPrediction() {
        assertThatThrownBy(() -> new Series("a", NONE, new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 targets came with 1 predictions");
    }

    private static BufferedImage draw(final Series... series) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(new PointChart("Predictions", List.of(series)).png(640, 400)));
    }

    private static int bluish(
            final BufferedImage image, final int left, final int right, final int top, final int bottom) {
        int found = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                final int rgb = image.getRGB(x, y);
                found += (rgb & 0xFF) - (rgb >> 16 & 0xFF) > 60 ? 1 : 0;
            }
        }
        return found;
    }

    private static int orange(final BufferedImage image) {
        int found = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                final int rgb = image.getRGB(x, y);
                found += (rgb >> 16 & 0xFF) - (rgb & 0xFF) > 60 ? 1 : 0;
            }
        }
        return found;
    }
}
