package org.gradienttape.analysis;

import org.gradienttape.error.InvalidInputException;

/**
 * How a log is looked at.
 *
 * @param window how many of the last points the moving average and the trend look at, at least 2
 * @param tolerance relative change that still counts as none, at least 0
 */
public record AnalysisConfig(int window, double tolerance) {
    /** The last 5 points, 1 %. */
    public static final AnalysisConfig DEFAULT = new AnalysisConfig(5, 0.01);

    public AnalysisConfig {
        if (window < 2) {
            throw new InvalidInputException(
                    "The window must hold at least 2 points, but it is " + window + "; choose a larger window.");
        }
        if (!(tolerance >= 0 && tolerance <= Double.MAX_VALUE)) {
            throw new InvalidInputException(
                    "The tolerance must be a number of at least 0, but it is " + tolerance + ".");
        }
    }
}
