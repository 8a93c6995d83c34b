package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.AttentionLayer;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.nodes.BelowOne;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What MultiHeadAttention has, with Keras' defaults where it has any. */
@LoadDefaultsForAbsentFields
final class AttentionParameters implements NodeParameters {
    @Widget(title = "Heads", description = "How many ways there are in which steps look at each other.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int heads = 2;

    @Widget(title = "Key size", description = "How many numbers a query and a key have in each head.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int keySize = 32;

    @Widget(title = "Value size", description = "How many numbers a value has in each head; usually as many as a key.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int valueSize = 32;

    @Widget(
            title = "Dropout",
            description = "The part of what steps see of each other that is set to 0 while training; below 1.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = BelowOne.class)
    double dropout;

    @Widget(title = "Use bias", description = "Whether trainable numbers are added.")
    boolean useBias = true;

    @Widget(
            title = "Causal",
            description = "Whether a step sees itself and those before it alone, and not those that come later.")
    boolean causal;

    AttentionLayer.MultiHeadAttention toConfig(final WeightSettings settings) {
        return new AttentionLayer.MultiHeadAttention(heads, keySize, valueSize, dropout, useBias, causal, settings);
    }
}
