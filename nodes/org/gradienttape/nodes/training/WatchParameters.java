package org.gradienttape.nodes.training;

import org.gradienttape.callback.Watch;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.train.EpochColumns;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;

/** Which number of the epoch log decides. */
@LoadDefaultsForAbsentFields
public final class WatchParameters implements NodeParameters {
    /** What the number is measured on. */
    public enum Data {
        @Label(value = "Validation data", description = "Needs validation data at the input.")
        VALIDATION,
        @Label(value = "Training data", description = "The mean over the epoch, each batch before its update.")
        TRAINING
    }

    @Widget(title = "Watched number", description = "The loss or metric that should get better.")
    public WatchedNumber number = WatchedNumber.LOSS;

    @Widget(title = "Measured on", description = "Which data the watched number is measured on.")
    @ValueSwitchWidget
    public Data data = Data.VALIDATION;

    public Watch toConfig(final double minimumChange, final MetricsConfig metrics) {
        final String column = number.column(metrics);
        return new Watch(data == Data.VALIDATION ? EpochColumns.validation(column) : column, minimumChange);
    }
}
