package org.gradienttape.analysis;

import org.gradienttape.metric.Mean;

/** Last, mean, smallest and largest of numbers, with the life cycle of a metric: update, result, reset. */
final class RunningSummary {
    private final Mean mean = new Mean();
    private int count;
    private double last;
    private double min;
    private double max;

    RunningSummary() {
        reset();
    }

    /** Takes a number in; NaN and the infinities count as missing. */
    void update(final double value) {
        if (Double.isFinite(value)) {
            mean.update(value, 1);
            count++;
            last = value;
            min = Double.isNaN(min) ? value : Math.min(min, value);
            max = Double.isNaN(max) ? value : Math.max(max, value);
        }
    }

    /** All numbers since the last reset; NaN before the first. */
    SeriesReport.Summary result() {
        return new SeriesReport.Summary(count, last, count == 0 ? Double.NaN : mean.result(), min, max);
    }

    void reset() {
        mean.reset();
        count = 0;
        last = Double.NaN;
        min = Double.NaN;
        max = Double.NaN;
    }
}
