package org.gradienttape.nodes.table;

import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.train.TrainingLog;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/**
 * The step log: Epoch, Step, Samples seen, Loss, then one column per metric with its running value, then one per number
 * that a step of one's own reports.
 */
public final class StepLogTable {
    private StepLogTable() {}

    /**
     * The columns.
     *
     * @param metrics names of all columns after the loss, in order
     */
    public static DataTableSpec spec(final List<String> metrics) {
        final Columns columns = new Columns()
                .integer(LogColumns.EPOCH)
                .integer(LogColumns.STEP)
                .longInteger("Samples seen")
                .number("Loss");
        metrics.forEach(columns::number);
        return columns.spec();
    }

    public static BufferedDataTable write(final TrainingLog log, final ExecutionContext exec) {
        final List<String> reported = log.reported();
        final Rows rows = new Rows(
                spec(Stream.concat(log.metrics().stream(), reported.stream()).toList()), exec);
        for (final TrainingLog.StepRow step : log.steps()) {
            rows.integer(step.epoch())
                    .integer(step.step())
                    .longInteger(step.samplesSeen())
                    .number(step.loss());
            step.metrics().forEach(rows::number);
            rows.numbers(reported, step.reported());
            rows.endRow();
        }
        return rows.close();
    }
}
