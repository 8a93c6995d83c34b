package org.gradienttape.analysis;

import org.gradienttape.metric.RSquared;

/**
 * R² with its confidence interval. It is 1 less a ratio of two means, that of the squared errors e² and that of the squared
 * deviations d² of the targets from their mean; for many samples, its variance is therefore that of (e² - (1 - R²) d²) over the
 * mean of d² (the delta method), and the interval is Student's t, up to 1.
 *
 * <p>The deviations are from a mean that is known only at the end: with each sample it moves, and all sums are moved along.
 */
final class Determination {
    private static final long FEWEST_SAMPLES = 3;

    private final double confidence;
    private final RSquared value = new RSquared();
    private long samples;
    private double cubes; // d³
    private double fourths; // d⁴
    private double errorFourths; // e⁴
    private double mixedFirst; // e² d
    private double mixedSecond; // e² d²

    Determination(final double confidence) {
        this.confidence = confidence;
    }

    void update(final double predicted, final double target) {
        final double meanBefore = value.mean();
        final double errorsBefore = value.errors();
        final double deviationsBefore = value.deviations();
        value.update(predicted, target, 1);
        final double move = value.mean() - meanBefore;
        fourths += move * (-4 * cubes + move * (6 * deviationsBefore + samples * move * move));
        cubes -= move * (3 * deviationsBefore + samples * move * move);
        mixedSecond += move * (-2 * mixedFirst + move * errorsBefore);
        mixedFirst -= move * errorsBefore;
        final double deviation = target - value.mean();
        final double error = predicted - target;
        final double squared = deviation * deviation;
        cubes += squared * deviation;
        fourths += squared * squared;
        errorFourths += error * error * error * error;
        mixedFirst += error * error * deviation;
        mixedSecond += error * error * squared;
        samples++;
    }

    double result() {
        return value.result();
    }

    void reset() {
        value.reset();
        samples = 0;
        cubes = 0;
        fourths = 0;
        errorFourths = 0;
        mixedFirst = 0;
        mixedSecond = 0;
    }

    /** None for fewer than three samples. */
    Interval interval() {
        if (samples < FEWEST_SAMPLES) {
            return Interval.NONE;
        }
        final double ratio = value.errors() / value.deviations();
        final double squares = errorFourths - 2 * ratio * mixedSecond + ratio * ratio * fourths;
        final double error = Math.sqrt(Math.max(0, squares) * samples / (samples - 1)) / value.deviations();
        return Interval.around(value.result(), Interval.studentsT(samples, confidence) * error)
                .notAboveOne();
    }
}
