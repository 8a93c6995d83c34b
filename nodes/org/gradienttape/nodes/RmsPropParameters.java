package org.gradienttape.nodes;

import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;

/** The numbers that only RMSprop has, with Keras' defaults. */
@LoadDefaultsForAbsentFields
public final class RmsPropParameters implements NodeParameters {
    @Widget(title = "Rho", description = "Decay of the running mean of the squared gradients, at least 0 and below 1.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = BelowOne.class)
    public double rho = 0.9;

    @Widget(
            title = "Momentum of RMSprop",
            description = "How much of the last step goes into the next one, from 0 (none) to 1.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = AtMostOne.class)
    public double momentum;

    @Widget(
            title = "Centered",
            description = "Whether gradients are divided by the root of their variance instead of their mean square.")
    public boolean centered;

    @Widget(title = "Epsilon of RMSprop", description = "Keeps the update from dividing by 0; above 0.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Advanced
    public double epsilon = 1e-7;
}
