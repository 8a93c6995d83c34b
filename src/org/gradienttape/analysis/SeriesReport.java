package org.gradienttape.analysis;

import java.util.List;
import java.util.OptionalInt;

/**
 * What one series says. Numbers are NaN where there is no point.
 *
 * @param name the series' name
 * @param all over all points
 * @param epochs one summary per epoch, in the order of the log
 * @param movingAverage mean of the last points of the window
 * @param bestEpoch the epoch with the best mean, the first of equals; empty when neither direction is better
 * @param trend over the last points of the window
 * @param verdict improving, plateau, overfitting, worsening or none
 */
public record SeriesReport(
        String name,
        Summary all,
        List<EpochSummary> epochs,
        double movingAverage,
        OptionalInt bestEpoch,
        Trend trend,
        Verdict verdict) {
    public SeriesReport {
        epochs = List.copyOf(epochs);
    }

    /** The same of a log that counts no epochs. */
    public SeriesReport withoutEpochs() {
        return new SeriesReport(name, all, List.of(), movingAverage, OptionalInt.empty(), trend, verdict);
    }

    /**
     * Some points in four numbers.
     *
     * @param count points that are not missing
     * @param last the last of them
     * @param mean their mean
     * @param min the smallest
     * @param max the largest
     */
    public record Summary(int count, double last, double mean, double min, double max) {}

    /**
     * One epoch.
     *
     * @param epoch from 0
     * @param summary of its points
     * @param movingAverage mean of the last points of the window up to the end of this epoch
     */
    public record EpochSummary(int epoch, Summary summary, double movingAverage) {}
}
