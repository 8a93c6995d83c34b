package org.gradienttape.nodes;

import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;

/** The numbers that only Adagrad has, with Keras' defaults. */
@LoadDefaultsForAbsentFields
public final class AdagradParameters implements NodeParameters {
    @Widget(
            title = "Initial accumulator",
            description =
                    "Where the sum of the squared gradients starts, at least 0; larger makes smaller first steps.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    public double initialAccumulator = 0.1;

    @Widget(title = "Epsilon of Adagrad", description = "Keeps the update from dividing by 0; above 0.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Advanced
    public double epsilon = 1e-7;
}
