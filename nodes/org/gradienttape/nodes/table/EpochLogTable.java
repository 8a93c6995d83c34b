package org.gradienttape.nodes.table;

import java.util.List;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.train.EpochColumns;
import org.gradienttape.train.TrainingLog;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/**
 * The epoch log: Epoch, Steps, Loss, the metrics, Validation loss, the validation metrics, Learning rate, Seconds. The
 * columns are the same with and without validation data; without, the validation cells are missing, and so is a metric that
 * is undefined. Where a run may end
 * before its last epoch, a column Stop reason says in the last row why it ended.
 */
public final class EpochLogTable {
    private EpochLogTable() {}

    /**
     * The columns.
     *
     * @param metrics their names, in order
     * @param callbacks say whether a run may end early
     */
    public static DataTableSpec spec(final List<String> metrics, final CallbacksConfig callbacks) {
        final Columns columns = new Columns().integer(LogColumns.EPOCH).integer("Steps");
        EpochColumns.withValidation(metrics).forEach(columns::number);
        columns.number("Learning rate").number("Seconds");
        return (callbacks.mayEndEarly() ? columns.text("Stop reason") : columns).spec();
    }

    public static BufferedDataTable write(
            final TrainingLog log, final CallbacksConfig callbacks, final ExecutionContext exec) {
        final Rows rows = new Rows(spec(log.metrics(), callbacks), exec);
        for (int i = 0; i < log.epochs().size(); i++) {
            numbers(log.epochs().get(i), log.metrics().size(), rows);
            if (callbacks.mayEndEarly()) {
                stopReason(log, i, rows);
            }
            rows.endRow();
        }
        return rows.close();
    }

    private static void numbers(final TrainingLog.EpochRow epoch, final int metrics, final Rows rows) {
        rows.integer(epoch.epoch()).integer(epoch.steps()).number(epoch.loss());
        epoch.metrics().forEach(rows::numberOrMissing);
        rows.number(epoch.validationLoss());
        if (epoch.validationLoss().isPresent()) {
            epoch.validationMetrics().forEach(rows::numberOrMissing);
        } else {
            for (int i = 0; i < metrics; i++) {
                rows.missing();
            }
        }
        rows.number(epoch.learningRate()).number(epoch.seconds());
    }

    private static void stopReason(final TrainingLog log, final int row, final Rows rows) {
        if (row == log.epochs().size() - 1) {
            rows.text(log.stopReason().text());
        } else {
            rows.missing();
        }
    }
}
