package org.gradienttape.nodes.log;

import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.nodes.table.Columns;
import org.gradienttape.nodes.table.LogColumns;
import org.gradienttape.nodes.table.Rows;
import org.gradienttape.train.EpochColumns;
import org.gradienttape.train.TrainingLog;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/**
 * The step log: Epoch, Step, Samples seen, Loss, then one column per metric with its running value, missing while that is
 * undefined, then one per number
 * that a step of one's own reports. The column Step knows how many steps an epoch has.
 */
public final class StepLogTable {
    private StepLogTable() {}

    /**
     * The columns before a run.
     *
     * @param metrics names of all columns after the loss, in order
     */
    public static DataTableSpec spec(final List<String> metrics) {
        return spec(0, metrics);
    }

    private static DataTableSpec spec(final int stepsPerEpoch, final List<String> metrics) {
        final Columns columns = new Columns()
                .integer(LogColumns.EPOCH)
                .step(stepsPerEpoch)
                .longInteger("Samples seen")
                .number(EpochColumns.LOSS.get(0));
        metrics.forEach(columns::number);
        return columns.spec();
    }

    public static BufferedDataTable write(final TrainingLog log, final ExecutionContext exec) {
        final List<String> reported = log.reported();
        final Rows rows = new Rows(
                spec(
                        log.stepsPerEpoch(),
                        Stream.concat(log.metrics().stream(), reported.stream()).toList()),
                exec);
        for (final TrainingLog.StepRow step : log.steps()) {
            rows.integer(step.epoch()).integer(step.step()).longInteger(step.samplesSeen());
            step.losses().forEach(rows::number);
            step.metrics().forEach(rows::numberOrMissing);
            rows.numbers(reported, step.reported());
            rows.endRow();
        }
        return rows.close();
    }
}
