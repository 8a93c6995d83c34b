package org.gradienttape.nodes.log;

import java.util.List;
import org.gradienttape.gan.GanListener;
import org.gradienttape.nodes.table.Columns;
import org.gradienttape.nodes.table.LogColumns;
import org.gradienttape.nodes.table.Rows;
import org.gradienttape.train.TrainingLog;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/**
 * The step log of two networks: Epoch, Step, Discriminator loss, Generator loss, then one column per number that a step
 * of one's own reports. The column Step knows how many steps an epoch has.
 */
public final class GanStepLogTable {
    private GanStepLogTable() {}

    /** The columns of the standard step. */
    public static DataTableSpec spec() {
        return spec(0, List.of());
    }

    public static BufferedDataTable write(final TrainingLog log, final ExecutionContext exec) {
        final List<String> reported = log.reported();
        final Rows rows = new Rows(spec(log.stepsPerEpoch(), reported), exec);
        for (final TrainingLog.StepRow step : log.steps()) {
            rows.integer(step.epoch()).integer(step.step());
            step.losses().forEach(rows::number);
            rows.numbers(reported, step.reported()).endRow();
        }
        return rows.close();
    }

    private static DataTableSpec spec(final int stepsPerEpoch, final List<String> reported) {
        final Columns columns = new Columns().integer(LogColumns.EPOCH).step(stepsPerEpoch);
        GanListener.LOSSES.forEach(columns::number);
        reported.forEach(columns::number);
        return columns.spec();
    }
}
