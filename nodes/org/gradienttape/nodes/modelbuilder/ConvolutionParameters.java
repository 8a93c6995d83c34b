package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Window;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What Conv2D and Conv2DTranspose have, with Keras' defaults where it has any. */
@LoadDefaultsForAbsentFields
final class ConvolutionParameters implements NodeParameters {
    @Widget(title = "Filters", description = "How many channels the output of a convolution has.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int filters = 32;

    @Widget(title = "Kernel height", description = "How many pixels high the window of a convolution is.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int kernelHeight = 3;

    @Widget(title = "Kernel width", description = "How many pixels wide the window of a convolution is.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int kernelWidth = 3;

    @Widget(title = "Vertical stride", description = "How many pixels the window of a convolution moves downwards.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int strideHeight = 1;

    @Widget(
            title = "Horizontal stride",
            description = "How many pixels the window of a convolution moves to the right.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int strideWidth = 1;

    @Widget(title = "Padding", description = "What a convolution does at the edges of the image.")
    @ValueSwitchWidget
    PaddingChoice padding = PaddingChoice.VALID;

    @Widget(title = "Activation", description = "The function that a convolution applies to its output.")
    ActivationFunction activation = ActivationFunction.NONE;

    @Widget(title = "Use bias", description = "Whether a convolution adds a trainable number to each channel.")
    boolean useBias = true;

    ImageLayer.Conv2D conv2D() {
        return new ImageLayer.Conv2D(filters, window(), activation.toConfig(), useBias);
    }

    ImageLayer.Conv2DTranspose conv2DTranspose() {
        return new ImageLayer.Conv2DTranspose(filters, window(), activation.toConfig(), useBias);
    }

    private Window window() {
        return new Window(kernelHeight, kernelWidth, strideHeight, strideWidth, padding.toConfig());
    }
}
