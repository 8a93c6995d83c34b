package org.gradienttape.nodes.log;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.gradienttape.nodes.log.LogCurves.Axis;

/**
 * Where the rows of a log stand on its axis.
 *
 * <p>A step counts from 0 in each epoch. To count over all epochs one has to know how many steps an epoch has: the trainers'
 * logs say so, and a log with a row for every step shows it. Where neither is so, nothing is guessed, and the rows are counted.
 *
 * @param axis what the places count
 * @param x one for each row, never falling
 */
record LogPlaces(Axis axis, double[] x) {
    /**
     * @param epochs of each row, whole numbers; NaN where there is none, nowhere or everywhere if the table has no such column
     * @param steps of each row, in the same way
     * @param stepsPerEpoch 0 if the table does not say it
     */
    static LogPlaces of(final double[] epochs, final double[] steps, final int stepsPerEpoch) {
        if (DoubleStream.of(steps).anyMatch(step -> !Double.isNaN(step))) {
            return isWhole(steps)
                    ? ofSteps(isWhole(epochs) ? epochs : new double[steps.length], steps, stepsPerEpoch)
                    : rows(Axis.LOGGED_STEPS, steps.length);
        }
        final LogPlaces places = new LogPlaces(Axis.EPOCHS, epochs);
        return isWhole(epochs) && places.isInOrder() ? places : rows(Axis.ROWS, epochs.length);
    }

    private static LogPlaces ofSteps(final double[] epochs, final double[] steps, final int stepsPerEpoch) {
        final LogPlaces places;
        if (stepsPerEpoch > 0 && IntStream.range(0, steps.length).allMatch(row -> steps[row] < stepsPerEpoch)) {
            places = new LogPlaces(Axis.STEPS, overEpochs(epochs, steps, stepsPerEpoch));
        } else if (IntStream.range(1, epochs.length).allMatch(row -> epochs[row] == epochs[0])) {
            places = new LogPlaces(Axis.STEP, steps);
        } else if (hasEveryStep(epochs, steps)) {
            return rows(Axis.STEPS, steps.length);
        } else {
            return rows(Axis.LOGGED_STEPS, steps.length);
        }
        return places.isInOrder() ? places : rows(Axis.LOGGED_STEPS, steps.length);
    }

    /** An epoch that is not after the one before belongs to another run, whose log follows: it is counted on. */
    private static double[] overEpochs(final double[] epochs, final double[] steps, final int stepsPerEpoch) {
        final double[] x = new double[steps.length];
        double added = 0;
        for (int row = 0; row < x.length; row++) {
            if (row > 0 && epochs[row] < epochs[row - 1]) {
                added += epochs[row - 1] + 1 - epochs[row];
            }
            x[row] = (epochs[row] + added) * stepsPerEpoch + steps[row];
        }
        return x;
    }

    /** Whether each row is the step after the row before, or the first of the next epoch; epochs of one row alone do not show it. */
    private static boolean hasEveryStep(final double[] epochs, final double[] steps) {
        boolean anyFollows = false;
        for (int row = 0; row < steps.length; row++) {
            final boolean follows = row > 0 && epochs[row] == epochs[row - 1];
            final double expected = follows ? steps[row - 1] + 1 : 0;
            if (steps[row] != expected) {
                return false;
            }
            anyFollows |= follows;
        }
        return anyFollows;
    }

    private static LogPlaces rows(final Axis axis, final int count) {
        return new LogPlaces(axis, IntStream.range(0, count).asDoubleStream().toArray());
    }

    /** Whether there is a number in each row. */
    private static boolean isWhole(final double[] numbers) {
        return DoubleStream.of(numbers).noneMatch(Double::isNaN);
    }

    private boolean isInOrder() {
        return IntStream.range(1, x.length).noneMatch(row -> x[row] < x[row - 1]);
    }
}
