package org.gradienttape.analysis;

import java.util.Optional;

/**
 * One number about predictions.
 *
 * @param metric its name, for example "Accuracy"
 * @param ofClass the true class that it is about; empty for all
 * @param predicted the predicted class of a count of the confusion matrix
 * @param value the number; NaN where it is undefined
 * @param interval its confidence interval, if one is known
 * @param samples how many it rests on
 */
public record Score(
        String metric,
        Optional<String> ofClass,
        Optional<String> predicted,
        double value,
        Interval interval,
        long samples) {
    /** About all classes. */
    static Score of(final String metric, final double value, final Interval interval, final long samples) {
        return new Score(metric, Optional.empty(), Optional.empty(), value, interval, samples);
    }

    /** About one class. */
    static Score of(
            final String metric,
            final String ofClass,
            final double value,
            final Interval interval,
            final long samples) {
        return new Score(metric, Optional.of(ofClass), Optional.empty(), value, interval, samples);
    }
}
