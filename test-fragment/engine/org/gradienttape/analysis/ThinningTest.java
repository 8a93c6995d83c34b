package org.gradienttape.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.gradienttape.analysis.Series.Point;
import org.junit.jupiter.api.Test;

class ThinningTest {
    private static final int ROWS = 1_000_000;
    private static final int MOST = 1_000;

    @Test
    void aLogUpToTheLimitStaysAsItIs() {
        final Series series = series(MOST, 1, row -> row % 7);

        assertThat(Thinning.rows(List.of(series), MOST))
                .containsExactly(IntStream.range(0, MOST).toArray());
    }

    @Test
    void thereAreNotMoreRowsThanTheLimitAndTheyRise() {
        final int[] rows = Thinning.rows(
                List.of(series(ROWS, 5, row -> Math.sin(row)), series(ROWS, 5, row -> Math.cos(row))), MOST);

        assertThat(rows.length).isBetween(MOST / 2, MOST);
        assertThat(rows).isSorted().doesNotHaveDuplicates().startsWith(0).endsWith(ROWS - 1);
    }

    @Test
    void theEndsStayWhereNothingHappens() {
        assertThat(Thinning.rows(List.of(series(ROWS, 1, row -> 1)), MOST))
                .startsWith(0)
                .endsWith(ROWS - 1);
    }

    /** One row in a million stands out, up in one series and down in the other. */
    @Test
    void peaksStay() {
        final Series up = series(ROWS, 1, row -> row == 123_457 ? 9 : 1 + row % 2 * 0.1);
        final Series down = series(ROWS, 1, row -> row == 876_543 ? -9 : 1);

        assertThat(Thinning.rows(List.of(up, down), MOST)).contains(123_457, 876_543);
    }

    @Test
    void theFirstRowOfEachEpochStays() {
        final int[] rows = Thinning.rows(List.of(series(ROWS, 7, row -> 1)), MOST);

        assertThat(rows).contains(142_858, 285_715, 428_572, 571_429, 714_286, 857_143);
    }

    /** Each row is an epoch of its own, as in an epoch log. */
    @Test
    void manyEpochsDoNotBreakTheLimit() {
        final int[] rows = Thinning.rows(List.of(series(ROWS, ROWS, row -> row == 500_001 ? 1 : 0)), MOST);

        assertThat(rows).hasSizeLessThanOrEqualTo(MOST).contains(500_001);
    }

    @Test
    void missingAndInfiniteValuesHideNoPeak() {
        final Series holes = series(
                ROWS,
                1,
                row -> row == 300_001 ? 5 : row % 2 == 0 ? Double.NaN : row % 3 == 0 ? Double.NEGATIVE_INFINITY : 1);

        assertThat(Thinning.rows(List.of(holes), MOST)).contains(300_001);
    }

    /** A stretch without any value stays a hole. */
    @Test
    void aHoleStays() {
        final Series hole = series(ROWS, 1, row -> row > 400_000 && row < 600_000 ? Double.NaN : 1);

        assertThat(IntStream.of(Thinning.rows(List.of(hole), MOST))).anyMatch(row -> row > 400_000 && row < 600_000);
    }

    private static Series series(final int rows, final int epochs, final IntToDoubleFunction value) {
        return new Series(
                "Loss",
                Direction.LOWER_IS_BETTER,
                IntStream.range(0, rows)
                        .mapToObj(row -> new Point((int) ((long) row * epochs / rows), row, value.applyAsDouble(row)))
                        .toList());
    }
}
