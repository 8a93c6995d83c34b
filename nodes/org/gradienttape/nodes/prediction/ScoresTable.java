package org.gradienttape.nodes.prediction;

import java.util.List;
import java.util.Optional;
import org.gradienttape.analysis.Point;
import org.gradienttape.analysis.PredictionReport;
import org.gradienttape.analysis.Score;
import org.gradienttape.nodes.table.Columns;
import org.gradienttape.nodes.table.Rows;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/**
 * The scores of predictions: Run, Group (missing: the whole table), Metric, Class (missing: all), Predicted class (of the
 * counts of the confusion matrix), Value, Low and High of its confidence interval, Samples.
 */
public final class ScoresTable {
    /**
     * One scored table.
     *
     * @param name of the run
     * @param report what its predictions are worth
     * @param points the predicted numbers that are drawn; none if classes are predicted
     */
    public record Run(String name, PredictionReport report, List<Point> points) {
        public Run {
            points = List.copyOf(points);
        }
    }

    private ScoresTable() {}

    public static DataTableSpec spec() {
        return new Columns()
                .text("Run")
                .text("Group")
                .text("Metric")
                .text("Class")
                .text(PredictionTable.PREDICTED)
                .number("Value")
                .number("Low")
                .number("High")
                .longInteger("Samples")
                .spec();
    }

    public static BufferedDataTable write(final List<Run> runs, final ExecutionContext exec) {
        final Rows rows = new Rows(spec(), exec);
        for (final Run run : runs) {
            run.report().groups().forEach(group -> write(run.name(), Optional.of(group.name()), group.scores(), rows));
            write(run.name(), Optional.empty(), run.report().all(), rows);
            write(run.name(), Optional.empty(), run.report().details(), rows);
        }
        return rows.close();
    }

    private static void write(
            final String run, final Optional<String> group, final List<Score> scores, final Rows rows) {
        for (final Score score : scores) {
            rows.text(run)
                    .text(group)
                    .text(score.metric())
                    .text(score.ofClass())
                    .text(score.predicted())
                    .numberOrMissing(score.value())
                    .numberOrMissing(score.interval().low())
                    .numberOrMissing(score.interval().high())
                    .longInteger(score.samples())
                    .endRow();
        }
    }
}
