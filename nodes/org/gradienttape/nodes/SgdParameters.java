package org.gradienttape.nodes;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;

/** The numbers that only SGD has. */
@LoadDefaultsForAbsentFields
public final class SgdParameters implements NodeParameters {
    @Widget(
            title = "Momentum",
            description = "How much of the last step goes into the next one, from 0 (none) to 1; 0.9 is usual.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = AtMostOne.class)
    public double momentum;

    @Widget(title = "Nesterov", description = "Whether the step looks ahead along the momentum.")
    public boolean nesterov;
}
