package org.gradienttape.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.gradienttape.image.LineChart.Axis;
import org.junit.jupiter.api.Test;

class LineChartTest {
    private static final int BLUE = 0xFF0072B2;
    private static final int VERMILION = 0xFFD55E00;
    private static final int WHITE = 0xFFFFFFFF;

    private static final LineChart CHART = new LineChart(
            "Epoch log",
            "Epoch",
            "Loss",
            "Accuracy",
            List.of(series("Loss", Axis.LEFT, 5.8, 0.99, 0.7), series("Accuracy", Axis.RIGHT, 0.69, Double.NaN, 0.87)));

    @Test
    void isAPngOfTheGivenSizeOnWhite() throws IOException {
        final BufferedImage image = draw(CHART, 640, 400);

        assertThat(image.getWidth()).isEqualTo(640);
        assertThat(image.getHeight()).isEqualTo(400);
        assertThat(image.getRGB(0, 0)).isEqualTo(WHITE);
    }

    @Test
    void everySeriesHasItsColour() throws IOException {
        final BufferedImage image = draw(CHART, 640, 400);

        assertThat(pixels(image, BLUE)).isGreaterThan(300); // a 2 pixel line across most of the width
        assertThat(pixels(image, VERMILION)).isBetween(20L, 300L); // two markers and a legend, the line has a gap
    }

    @Test
    void theCurveGoesWhereItsNumbersAre() throws IOException {
        final LineChart rising = new LineChart("", "x", "y", "", List.of(series("a", Axis.LEFT, 0, 1)));

        final BufferedImage image = draw(rising, 640, 400);

        final int left = highestBlue(image, 100);
        final int right = highestBlue(image, 560);
        assertThat(left).isGreaterThan(right + 150); // rows count from the top
    }

    @Test
    void theSameChartGivesTheSameBytesInEveryLocale() {
        final Locale before = Locale.getDefault();
        final byte[] first = CHART.png(320, 200);

        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(CHART.png(320, 200)).isEqualTo(first);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void chartsOfNothingAreEmptyNotAnError() throws IOException {
        for (final List<LineChart.Series> nothing : List.of(
                List.<LineChart.Series>of(),
                List.of(series("no point", Axis.LEFT)),
                List.of(series("only gaps", Axis.RIGHT, Double.NaN, Double.POSITIVE_INFINITY)))) {
            final BufferedImage image = draw(new LineChart("t", "x", "l", "r", nothing), 320, 200);

            assertThat(pixels(image, BLUE)).isZero();
        }
    }

    @Test
    void onePointAndEqualPointsAreDrawn() throws IOException {
        for (final LineChart.Series series : List.of(
                series("one", Axis.LEFT, 3), series("zeros", Axis.LEFT, 0, 0), series("right", Axis.RIGHT, 1, 2))) {
            assertThat(pixels(draw(new LineChart("t", "x", "l", "r", List.of(series)), 320, 200), BLUE))
                    .isPositive();
        }
    }

    @Test
    void manySeriesFit() throws IOException {
        final List<LineChart.Series> many = IntStream.range(0, 9)
                .mapToObj(i -> series("Series " + i, Axis.LEFT, i, 2 * i))
                .toList();

        assertThat(draw(new LineChart("t", "x", "l", "r", many), 640, 400).getWidth())
                .isEqualTo(640);
    }

    @Test
    void refusesSeriesOfTwoLengths() {
        assertThatThrownBy(() -> new LineChart.Series("a", new double[2], new double[3], Axis.LEFT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 x came with 3 y");
    }

    private static LineChart.Series series(final String name, final Axis axis, final double... y) {
        return new LineChart.Series(
                name, IntStream.range(0, y.length).asDoubleStream().toArray(), y, axis);
    }

    private static BufferedImage draw(final LineChart chart, final int width, final int height) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(chart.png(width, height)));
    }

    private static long pixels(final BufferedImage image, final int colour) {
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .filter(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) == colour)
                .count();
    }

    /** The first row with a blueish pixel; the line's edges are blended with the background. */
    private static int highestBlue(final BufferedImage image, final int column) {
        return IntStream.range(0, image.getHeight())
                .filter(row -> (image.getRGB(column, row) & 0xff) - (image.getRGB(column, row) >> 16 & 0xff) > 60)
                .findFirst()
                .orElseThrow();
    }
}
