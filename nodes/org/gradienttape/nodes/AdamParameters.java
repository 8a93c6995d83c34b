package org.gradienttape.nodes;

import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;

/** The numbers of Adam, AdamW and Nadam, with Keras' defaults. */
@LoadDefaultsForAbsentFields
public final class AdamParameters implements NodeParameters {
    @Widget(title = "Beta 1", description = "Decay of the running mean of the gradients, at least 0 and below 1.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = BelowOne.class)
    @Advanced
    public double beta1 = 0.9;

    @Widget(
            title = "Beta 2",
            description = "Decay of the running mean of the squared gradients, at least 0 and below 1.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = BelowOne.class)
    @Advanced
    public double beta2 = 0.999;

    @Widget(title = "Epsilon", description = "Keeps the update from dividing by 0; above 0.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Advanced
    public double epsilon = 1e-7;
}
