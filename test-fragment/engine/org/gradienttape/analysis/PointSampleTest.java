package org.gradienttape.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PointSampleTest {
    @Test
    void ofAShortTableEveryRowIsDrawnInItsOrder() {
        final List<Point> points = sample(5_000);

        assertThat(points).hasSize(5_000);
        assertThat(points.stream().map(Point::target)).isSorted();
    }

    /** The errors of rows 0, 1000, 2000 and so on are the row's number, those of all others 0. */
    @Test
    void ofALongTableTheWorstRowsAreDrawnBesideARandomSample() {
        final List<Point> points = sample(500_000);

        assertThat(points).hasSize(5_100).doesNotHaveDuplicates();
        assertThat(points.stream().filter(point -> point.error() >= 400_000)).hasSize(100);
        // the mean of a uniform sample of 5,000 of 0 to 499,999 is within 4 of its standard errors, 2,041
        assertThat(points.stream()
                        .filter(point -> point.error() == 0)
                        .mapToDouble(Point::target)
                        .average()
                        .orElseThrow())
                .isBetween(250_000.0 - 8_200, 250_000.0 + 8_200);
        assertThat(sample(500_000)).isEqualTo(points);
    }

    private static List<Point> sample(final int rows) {
        final PointSample sample = new PointSample();
        IntStream.range(0, rows)
                .mapToObj(row -> new Point(Optional.empty(), row, row + (row % 1000 == 0 ? row : 0)))
                .forEach(sample::update);
        return sample.points();
    }
}
