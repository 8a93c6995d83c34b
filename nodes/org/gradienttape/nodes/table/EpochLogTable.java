package org.gradienttape.nodes.table;

import java.util.List;
import java.util.Locale;
import org.gradienttape.train.TrainingLog;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/**
 * The epoch log: Epoch, Steps, Loss, the metrics, Validation loss, the validation metrics, Learning rate, Seconds. The
 * columns are the same with and without validation data; without, the validation cells are missing.
 */
public final class EpochLogTable {
    private EpochLogTable() {}

    /**
     * The columns.
     *
     * @param metrics their names, in order
     */
    public static DataTableSpec spec(final List<String> metrics) {
        final Columns columns =
                new Columns().integer(LogColumns.EPOCH).integer("Steps").number("Loss");
        metrics.forEach(columns::number);
        columns.number("Validation loss");
        metrics.forEach(metric -> columns.number(validation(metric)));
        return columns.number("Learning rate").number("Seconds").spec();
    }

    /** "Validation accuracy" for "Accuracy", but "Validation AUC" for "AUC". */
    private static String validation(final String metric) {
        final boolean isWord = metric.length() > 1 && Character.isLowerCase(metric.charAt(1));
        return "Validation " + (isWord ? metric.toLowerCase(Locale.ROOT) : metric);
    }

    public static BufferedDataTable write(final TrainingLog log, final ExecutionContext exec) {
        final Rows rows = new Rows(spec(log.metrics()), exec);
        for (final TrainingLog.EpochRow epoch : log.epochs()) {
            rows.integer(epoch.epoch()).integer(epoch.steps()).number(epoch.loss());
            epoch.metrics().forEach(rows::number);
            rows.number(epoch.validationLoss());
            if (epoch.validationLoss().isPresent()) {
                epoch.validationMetrics().forEach(rows::number);
            } else {
                log.metrics().forEach(metric -> rows.missing());
            }
            rows.number(epoch.learningRate()).number(epoch.seconds());
            rows.endRow();
        }
        return rows.close();
    }
}
