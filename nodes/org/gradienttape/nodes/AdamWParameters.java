package org.gradienttape.nodes;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;

/** The number that AdamW has beyond those of Adam, with Keras' default. */
@LoadDefaultsForAbsentFields
public final class AdamWParameters implements NodeParameters {
    @Widget(
            title = "Weight decay",
            description = "The share by which each weight shrinks at an update, times the learning rate; at least 0.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    public double weightDecay = 0.004;
}
