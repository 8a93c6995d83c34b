package org.gradienttape.nodes.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gradienttape.analysis.Series;

/**
 * The curves of a log table.
 *
 * @param axis what x counts
 * @param hasEpochs whether a row says its epoch
 * @param notFinite how many rows of a column hold NaN or an infinite number, by the columns where there are any; these rows count as
 *     missing
 * @param series one per column, in the order in which they were asked for; all have a point for each row
 */
public record LogCurves(Axis axis, boolean hasEpochs, Map<String, Integer> notFinite, List<Series> series) {
    /** What x counts. */
    public enum Axis {
        /** Steps of all epochs, one after the other. */
        STEPS("Step over all epochs"),
        /** Steps of the only epoch. */
        STEP("Step"),
        /** Rows of a log of steps that does not say how long its epochs are. */
        LOGGED_STEPS("Logged step"),
        EPOCHS("Epoch"),
        ROWS("Row");

        private final String title;

        Axis(final String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        /** Whether each row stands for a step. */
        public boolean isOfSteps() {
            return this == STEPS || this == STEP || this == LOGGED_STEPS;
        }
    }

    public LogCurves {
        series = List.copyOf(series);
    }

    /** A sentence about the rows that count as missing though something stands there. */
    public Optional<String> warning(final String run) {
        return notFinite.isEmpty()
                ? Optional.empty()
                : Optional.of(notFinite.entrySet().stream()
                        .map(column -> column.getValue()
                                + (column.getValue() == 1 ? " row of " : " rows of ")
                                + column.getKey())
                        .collect(Collectors.joining(
                                ", ",
                                "In " + run + ", NaN or an infinite number stands in ",
                                "; what the table says is about the other rows alone.")));
    }

    /** The title of one axis for several logs. */
    public static String axisTitle(final Stream<LogCurves> logs) {
        return String.join(
                " or ", logs.map(log -> log.axis().title()).distinct().toList());
    }
}
