package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Penalty;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What Embedding has, with Keras' defaults where it has any. */
@LoadDefaultsForAbsentFields
final class EmbeddingParameters implements NodeParameters {
    @Widget(
            title = "Input dimension",
            description = "How many different whole numbers there are, counted from 0: the size of the vocabulary.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int inputDimension = 1000;

    @Widget(title = "Output dimension", description = "How many numbers each whole number becomes.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int outputDimension = 64;

    @Widget(
            title = "Mask zero",
            description = "Whether 0 stands for a step that does not count, as at the end of a short text. Recurrent"
                    + " layers, attention and GlobalAveragePooling1D leave such steps out.")
    boolean maskZero;

    @Widget(title = "Embeddings initializer", description = "How the numbers start.")
    @Advanced
    StartingNumbers initializer = StartingNumbers.RANDOM_UNIFORM;

    @Widget(title = "Embeddings L1", description = "Adds this times the sum of the absolute values to the loss.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Advanced
    double l1;

    @Widget(title = "Embeddings L2", description = "Adds this times the sum of the squares to the loss.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Advanced
    double l2;

    MaskingLayer.Embedding toConfig() {
        return new MaskingLayer.Embedding(
                inputDimension, outputDimension, initializer.toConfig(), new Penalty(l1, l2), maskZero);
    }
}
