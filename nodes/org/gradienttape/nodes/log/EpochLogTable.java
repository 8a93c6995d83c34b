package org.gradienttape.nodes.log;

import java.util.List;
import java.util.stream.Collectors;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.gan.GanListener;
import org.gradienttape.nodes.table.Columns;
import org.gradienttape.nodes.table.LogColumns;
import org.gradienttape.nodes.table.Rows;
import org.gradienttape.train.EpochColumns;
import org.gradienttape.train.TrainingLog;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/**
 * The epoch log: Epoch, Steps, the losses, the metrics, the same for the validation data, the learning rates, Seconds. The
 * columns are the same with and without validation data; without, the validation cells are missing, and so is a metric
 * that is undefined. Where a run may end before its last epoch, a column Stop reason says in the last row why it ended; where
 * it may go on after its end, a column Resumed says so in the row of that epoch.
 */
public final class EpochLogTable {
    private static final List<String> RATE = List.of("Learning rate");
    private static final List<String> RATES = List.of("Discriminator learning rate", "Generator learning rate");

    private EpochLogTable() {}

    /**
     * The columns of a run with one network.
     *
     * @param metrics their names, in order
     * @param callbacks say whether a run may end early
     * @param isKept whether a run may go on after its end
     */
    public static DataTableSpec spec(
            final List<String> metrics, final CallbacksConfig callbacks, final boolean isKept) {
        return spec(EpochColumns.withValidation(EpochColumns.LOSS, metrics), RATE, callbacks, isKept);
    }

    /** The columns of a run with discriminator and generator. */
    public static DataTableSpec ofTwo(final CallbacksConfig callbacks, final boolean isKept) {
        return spec(EpochColumns.withValidation(GanListener.LOSSES, List.of()), RATES, callbacks, isKept);
    }

    private static DataTableSpec spec(
            final List<String> numbers,
            final List<String> rates,
            final CallbacksConfig callbacks,
            final boolean isKept) {
        final Columns columns = new Columns().integer(LogColumns.EPOCH).integer("Steps");
        numbers.forEach(columns::number);
        rates.forEach(columns::number);
        columns.number("Seconds");
        if (callbacks.mayEndEarly()) {
            columns.text("Stop reason");
        }
        return (isKept ? columns.text("Resumed") : columns).spec();
    }

    /** The log of a run with one network. */
    public static BufferedDataTable write(
            final TrainingLog log, final CallbacksConfig callbacks, final boolean isKept, final ExecutionContext exec) {
        return write(log, spec(log.metrics(), callbacks, isKept), callbacks, isKept, exec);
    }

    /** The log of a run with discriminator and generator. */
    public static BufferedDataTable writeOfTwo(
            final TrainingLog log, final CallbacksConfig callbacks, final boolean isKept, final ExecutionContext exec) {
        return write(log, ofTwo(callbacks, isKept), callbacks, isKept, exec);
    }

    private static BufferedDataTable write(
            final TrainingLog log,
            final DataTableSpec spec,
            final CallbacksConfig callbacks,
            final boolean isKept,
            final ExecutionContext exec) {
        final Rows rows = new Rows(spec, exec);
        for (int i = 0; i < log.epochs().size(); i++) {
            numbers(log.epochs().get(i), rows);
            if (callbacks.mayEndEarly()) {
                stopReason(log, i, rows);
            }
            if (isKept) {
                resumed(log, i, rows);
            }
            rows.endRow();
        }
        return rows.close();
    }

    private static void numbers(final TrainingLog.EpochRow epoch, final Rows rows) {
        rows.integer(epoch.epoch()).integer(epoch.steps());
        epoch.losses().forEach(rows::number);
        epoch.metrics().forEach(rows::numberOrMissing);
        if (epoch.validationLosses().isEmpty()) {
            for (int i = 0; i < epoch.losses().size() + epoch.metrics().size(); i++) {
                rows.missing();
            }
        }
        epoch.validationLosses().forEach(rows::number);
        epoch.validationMetrics().forEach(rows::numberOrMissing);
        epoch.learningRates().forEach(rows::number);
        rows.number(epoch.seconds());
    }

    private static void stopReason(final TrainingLog log, final int row, final Rows rows) {
        if (row == log.epochs().size() - 1) {
            rows.text(log.stopReason().text());
        } else {
            rows.missing();
        }
    }

    private static void resumed(final TrainingLog log, final int row, final Rows rows) {
        final int epoch = log.epochs().get(row).epoch();
        final String places = log.resumptions().stream()
                .filter(place -> place.epoch() == epoch)
                .map(TrainingLog.Resumption::toString)
                .collect(Collectors.joining(", "));
        if (places.isEmpty()) {
            rows.missing();
        } else {
            rows.text(places);
        }
    }
}
