package org.gradienttape.nodes.training;

import java.util.Optional;
import java.util.Set;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.metric.MetricsConfig.Kind;
import org.gradienttape.train.EpochColumns;
import org.knime.node.parameters.widget.choices.Label;

/** Which number of the epoch log is watched. The names of the constants stand in saved workflows. */
public enum WatchedNumber {
    @Label(value = "Loss", description = "The mean loss; smaller is better.")
    LOSS(null),
    @Label(value = "Accuracy", description = "Larger is better, as with all metrics but the errors.")
    ACCURACY(Kind.ACCURACY),
    @Label(value = "Top-k accuracy", description = "If this metric is chosen.")
    TOP_K_ACCURACY(Kind.TOP_K_ACCURACY),
    @Label(value = "Precision", description = "If this metric is chosen.")
    PRECISION(Kind.PRECISION),
    @Label(value = "Recall", description = "If this metric is chosen.")
    RECALL(Kind.RECALL),
    @Label(value = "F1", description = "If this metric is chosen.")
    F1(Kind.F1),
    @Label(value = "AUC", description = "If this metric is chosen.")
    AUC(Kind.AUC),
    @Label(value = "Mean squared error", description = "If this metric is chosen; smaller is better.")
    MEAN_SQUARED_ERROR(Kind.MEAN_SQUARED_ERROR),
    @Label(value = "Mean absolute error", description = "If this metric is chosen; smaller is better.")
    MEAN_ABSOLUTE_ERROR(Kind.MEAN_ABSOLUTE_ERROR),
    @Label(value = "Root mean squared error", description = "If this metric is chosen; smaller is better.")
    ROOT_MEAN_SQUARED_ERROR(Kind.ROOT_MEAN_SQUARED_ERROR),
    @Label(value = "R²", description = "If this metric is chosen.")
    R2(Kind.R2);

    private final Kind metric;

    /**
     * @param metric null for the loss
     */
    WatchedNumber(final Kind metric) {
        this.metric = metric;
    }

    /** Its column in the epoch log, for the training data. */
    String column(final MetricsConfig metrics) {
        return Optional.ofNullable(metric)
                .map(kind ->
                        new MetricsConfig(Set.of(kind), metrics.topK()).names().get(0))
                .orElse(EpochColumns.LOSS.get(0));
    }
}
