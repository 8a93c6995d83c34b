package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.Window;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What MaxPooling2D and AveragePooling2D have, with Keras' defaults. */
@LoadDefaultsForAbsentFields
final class PoolingParameters implements NodeParameters {
    @Widget(title = "Pool height", description = "How many pixels high the window of a pooling layer is.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int poolHeight = 2;

    @Widget(title = "Pool width", description = "How many pixels wide the window of a pooling layer is.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int poolWidth = 2;

    @Widget(
            title = "Vertical stride",
            description = "How many pixels the window of a pooling layer moves downwards; usually its height.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int strideHeight = 2;

    @Widget(
            title = "Horizontal stride",
            description = "How many pixels the window of a pooling layer moves to the right; usually its width.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int strideWidth = 2;

    @Widget(title = "Padding", description = "What a pooling layer does at the edges of the image.")
    @ValueSwitchWidget
    PaddingChoice padding = PaddingChoice.VALID;

    Window window() {
        return new Window(poolHeight, poolWidth, strideHeight, strideWidth, padding.toConfig());
    }
}
