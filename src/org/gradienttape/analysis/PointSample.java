package org.gradienttape.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Those predictions of a long table that are drawn: a random sample of all rows (Vitter's algorithm R, with a seed, so that the same
 * table gives the same points), and the worst ones, which explain large errors and which a sample would miss.
 */
public final class PointSample {
    private static final int MOST_AT_RANDOM = 5_000;
    private static final int WORST = 100;

    private final List<Point> points = new ArrayList<>();
    private final PriorityQueue<Point> worst = new PriorityQueue<>(Comparator.comparingDouble(PointSample::distance));
    private final Random random = new Random(0);
    private long seen;

    /** Takes the next row in. */
    public void update(final Point point) {
        seen++;
        if (points.size() < MOST_AT_RANDOM) {
            points.add(point);
            return;
        }
        final long place = random.nextLong(seen);
        Point left = point;
        if (place < MOST_AT_RANDOM) {
            left = points.set((int) place, point);
        }
        if (worst.size() < WORST || distance(left) > distance(worst.peek())) {
            worst.add(left);
        }
        if (worst.size() > WORST) {
            worst.remove();
        }
    }

    /** All rows if they are not too many. */
    public List<Point> points() {
        final List<Point> all = new ArrayList<>(points);
        all.addAll(worst);
        return all;
    }

    private static double distance(final Point point) {
        return Math.abs(point.error());
    }
}
