package org.gradienttape.callback;

import java.util.Map;
import org.gradienttape.analysis.Direction;
import org.gradienttape.error.InvalidInputException;

/**
 * A number of the epoch log that decides something.
 *
 * @param column its column, for example "Validation loss"
 * @param minimumChange how much better it must get to count as better, at least 0
 */
public record Watch(String column, double minimumChange) {
    public Watch {
        if (!(minimumChange >= 0 && minimumChange <= Double.MAX_VALUE)) {
            throw new InvalidInputException(
                    "The minimum change must be a number of at least 0, but it is " + minimumChange + ".");
        }
        if (Direction.of(column) == Direction.NONE) {
            throw new InvalidInputException("A loss or a metric can be watched, but \"" + column
                    + "\" is neither; choose a column such as \"Validation loss\".");
        }
    }

    /** The watched one of these numbers, which go by their columns; NaN where it is undefined. */
    double in(final Map<String, Double> numbers) {
        return numbers.get(column);
    }

    /** Whether a value is better than another by more than the minimum change. */
    boolean isBetter(final double value, final double than) {
        return Direction.of(column) == Direction.LOWER_IS_BETTER
                ? value + minimumChange < than
                : value - minimumChange > than;
    }
}
