package org.gradienttape.analysis;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.StatisticalSummary;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.IntervalUtils;

/**
 * A confidence interval.
 *
 * @param low its lower end; NaN where there is none
 * @param high its upper end; NaN where there is none
 */
public record Interval(double low, double high) {
    /** None is known for this number. */
    public static final Interval NONE = new Interval(Double.NaN, Double.NaN);

    /**
     * Of a proportion: Wilson, 1927, which stays within 0 and 1 and is right for few samples, too.
     *
     * @param hits among the trials
     * @param level for example 0.95
     */
    static Interval ofProportion(final long hits, final long trials, final double level) {
        if (trials < 1 || trials > Integer.MAX_VALUE) {
            return NONE;
        }
        final ConfidenceInterval wilson = IntervalUtils.getWilsonScoreInterval((int) trials, (int) hits, level);
        return new Interval(wilson.getLowerBound(), wilson.getUpperBound()).holding((double) hits / trials);
    }

    /** Of a mean, by Student's t with one degree of freedom less than numbers; none for fewer than two, or too large ones. */
    static Interval ofMean(final StatisticalSummary numbers, final double level) {
        if (numbers.getN() < 2) {
            return NONE;
        }
        final double half =
                studentsT(numbers.getN(), level) * numbers.getStandardDeviation() / Math.sqrt(numbers.getN());
        return around(numbers.getMean(), half);
    }

    /** How many standard errors of a mean the interval of Student's t goes to each side. */
    static double studentsT(final long numbers, final double level) {
        return new TDistribution(numbers - 1.0).inverseCumulativeProbability(0.5 + level / 2);
    }

    /** The same distance to both sides; none where one of the two is not finite. */
    static Interval around(final double middle, final double half) {
        return Double.isFinite(middle) && Double.isFinite(half) ? new Interval(middle - half, middle + half) : NONE;
    }

    /** The part of it that a number which is never below 0, such as a squared error, can be in. */
    Interval notBelowZero() {
        return new Interval(Math.max(0, low), high); // NaN stays NaN
    }

    /** The part of it that a number which is never above 1 can be in. */
    Interval notAboveOne() {
        return new Interval(low, Math.min(1, high));
    }

    /** The interval of the square root of a number that is never below 0. */
    Interval root() {
        return new Interval(Math.sqrt(low), Math.sqrt(high));
    }

    /** The bounds of a share of 0 or 1 are that share itself, which rounding misses by some 1e-16. */
    private Interval holding(final double share) {
        return new Interval(Math.max(0, Math.min(low, share)), Math.min(1, Math.max(high, share)));
    }
}
