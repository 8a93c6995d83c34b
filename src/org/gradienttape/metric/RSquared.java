package org.gradienttape.metric;

import java.util.List;

/**
 * The coefficient of determination of one target: 1 less the ratio of the squared errors to the squared deviations of the
 * targets from their mean, both weighted. 1 is perfect, 0 as good as always saying the mean, and below that is worse. Keras'
 * R2Score and scikit-learn's r2_score.
 *
 * <p>The deviations are summed by Welford's method, so that targets far from 0 lose no digits.
 */
public final class RSquared {
    private double weights;
    private double mean;
    private double deviations;
    private double errors;

    /** Of several targets, the mean over those that have one; NaN if none has. Keras' and scikit-learn's "uniform_average". */
    public static double average(final List<RSquared> targets) {
        return targets.stream()
                .mapToDouble(RSquared::result)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Takes one sample in.
     *
     * @param weight how much it counts; at least 0
     */
    public void update(final double prediction, final double target, final double weight) {
        if (weight == 0) {
            return; // the first weights would be divided by 0
        }
        weights += weight;
        final double before = target - mean;
        mean += before * weight / weights;
        deviations += weight * before * (target - mean);
        errors += weight * (prediction - target) * (prediction - target);
    }

    /** The value since the last reset; NaN where it is undefined: before the second sample, and if all targets are equal. */
    public double result() {
        return deviations > 0 ? 1 - errors / deviations : Double.NaN;
    }

    /** The weighted mean of the targets. */
    public double mean() {
        return mean;
    }

    /** The weighted sum of the squared deviations of the targets from their mean. */
    public double deviations() {
        return deviations;
    }

    /** The weighted sum of the squared errors. */
    public double errors() {
        return errors;
    }

    public void reset() {
        weights = 0;
        mean = 0;
        deviations = 0;
        errors = 0;
    }
}
