package org.gradienttape.nodes.training;

import org.gradienttape.callback.Schedule;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;

/** One change of a piecewise constant learning rate. */
@LoadDefaultsForAbsentFields
public final class RateChangeParameters implements NodeParameters {
    @Widget(
            title = "After step",
            description = "The last step with the rate before; steps count from 0 over all epochs.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    public int afterStep = 1000;

    @Widget(title = "Rate", description = "The learning rate from the next step on, above 0.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    public double rate = 1e-4;

    public Schedule.Piecewise.Change toConfig() {
        return new Schedule.Piecewise.Change(afterStep, rate);
    }
}
