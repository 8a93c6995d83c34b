package org.gradienttape.analysis;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses which rows of a long log are drawn, so that a chart of them looks like a chart of all.
 *
 * <p>The rows are cut into buckets of equal length; of each, its first row and those with the lowest and the highest value of
 * each series are kept, so that no peak is lost. The first and the last row of the log always stay, and the first row of each
 * epoch, unless there are so many epochs that these alone would fill half of what may be kept.
 */
public final class Thinning {
    private final List<Series> series;
    private final int rows;
    private final BitSet kept = new BitSet();

    private Thinning(final List<Series> series, final int rows) {
        this.series = series;
        this.rows = rows;
    }

    /**
     * The rows to keep.
     *
     * @param series columns of one log, at least one; all have a point for each row
     * @param most how many rows may be kept; should be many times the number of series
     * @return rising places, all of them if they are not more than that
     */
    public static int[] rows(final List<Series> series, final int most) {
        final int rows = series.get(0).points().size();
        if (rows <= most) {
            return IntStream.range(0, rows).toArray();
        }
        final Thinning thinning = new Thinning(series, rows);
        thinning.keepEnds();
        thinning.keepEpochStarts(most / 2);
        thinning.keepExtremes((most - thinning.kept.cardinality()) / (2 * series.size() + 1));
        return thinning.kept.stream().toArray();
    }

    private void keepEnds() {
        kept.set(0);
        kept.set(rows - 1);
    }

    private void keepEpochStarts(final int most) {
        final List<Series.Point> points = series.get(0).points();
        final int[] starts = IntStream.range(1, rows)
                .filter(row -> points.get(row).epoch() != points.get(row - 1).epoch())
                .toArray();
        if (starts.length <= most) {
            IntStream.of(starts).forEach(kept::set);
        }
    }

    private void keepExtremes(final int buckets) {
        for (int bucket = 0; bucket < buckets; bucket++) {
            final int from = (int) ((long) bucket * rows / buckets);
            final int to = (int) ((bucket + 1L) * rows / buckets);
            kept.set(from);
            series.forEach(one -> keepExtremes(one.points(), from, to));
        }
    }

    private void keepExtremes(final List<Series.Point> points, final int from, final int to) {
        int lowest = from;
        int highest = from;
        for (int row = from; row < to; row++) {
            final double value = points.get(row).value();
            if (Double.isFinite(value)) {
                lowest = isLower(points.get(lowest).value(), value) ? row : lowest;
                highest = isLower(-points.get(highest).value(), -value) ? row : highest;
            }
        }
        kept.set(lowest);
        kept.set(highest);
    }

    /** Whether a value is lower than the lowest one so far, which may be missing. */
    private static boolean isLower(final double lowest, final double value) {
        return !Double.isFinite(lowest) || value < lowest;
    }
}
