package org.gradienttape.analysis;

import java.util.Optional;

/**
 * One prediction of a number, to be drawn.
 *
 * @param group of its row; empty if the table has none
 * @param target the true number
 * @param predicted the number that was said
 */
public record Point(Optional<String> group, double target, double predicted) {
    /** Prediction less target. */
    double error() {
        return predicted - target;
    }
}
