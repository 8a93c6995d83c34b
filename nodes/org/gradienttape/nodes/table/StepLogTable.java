package org.gradienttape.nodes.table;

import java.util.List;
import org.gradienttape.train.TrainingLog;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/** The step log: Epoch, Step, Samples seen, Loss, then one column per metric with its running value. */
public final class StepLogTable {
    private StepLogTable() {}

    /**
     * The columns.
     *
     * @param metrics their names, in order
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
        final Rows rows = new Rows(spec(log.metrics()), exec);
        for (final TrainingLog.StepRow step : log.steps()) {
            rows.integer(step.epoch())
                    .integer(step.step())
                    .longInteger(step.samplesSeen())
                    .number(step.loss());
            step.metrics().forEach(rows::number);
            rows.endRow();
        }
        return rows.close();
    }
}
