package org.gradienttape.analysis;

import java.util.List;

/**
 * One column of a log.
 *
 * @param name the column's name; "Validation loss" belongs to "Loss" and so on
 * @param direction whether it gets better by falling or rising
 * @param points in the log's order
 */
public record Series(String name, Direction direction, List<Point> points) {
    /**
     * One row.
     *
     * @param epoch from 0
     * @param x the place on the trend's axis: the epoch itself for an epoch log, for a step log the step counted over
     *     all epochs
     * @param value NaN or infinite counts as missing
     */
    public record Point(int epoch, double x, double value) {}

    public Series {
        points = List.copyOf(points);
    }
}
