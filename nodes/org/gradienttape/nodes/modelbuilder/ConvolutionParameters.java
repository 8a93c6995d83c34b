package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Size;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.layer.Window;
import org.gradienttape.nodes.modelbuilder.LayerType.Setting;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What convolutions of images have, with Keras' defaults where it has any. */
@LoadDefaultsForAbsentFields
final class ConvolutionParameters implements NodeParameters {
    static final class HasFilters extends LayerParameters.Shows {
        HasFilters() {
            super(Setting.FILTERS);
        }
    }

    static final class HasMultiplier extends LayerParameters.Shows {
        HasMultiplier() {
            super(Setting.DEPTH_MULTIPLIER);
        }
    }

    static final class HasDilation extends LayerParameters.Shows {
        HasDilation() {
            super(Setting.DILATION);
        }
    }

    static final class HasGroups extends LayerParameters.Shows {
        HasGroups() {
            super(Setting.GROUPS);
        }
    }

    @Widget(title = "Filters", description = "How many channels the output of a convolution has.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasFilters.class, type = EffectType.SHOW)
    int filters = 32;

    @Widget(title = "Depth multiplier", description = "How many filters each channel has.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasMultiplier.class, type = EffectType.SHOW)
    int depthMultiplier = 1;

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

    @Widget(title = "Vertical dilation", description = "How far apart the pixels of a window are, downwards.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasDilation.class, type = EffectType.SHOW)
    int dilationHeight = 1;

    @Widget(title = "Horizontal dilation", description = "How far apart the pixels of a window are, to the right.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasDilation.class, type = EffectType.SHOW)
    int dilationWidth = 1;

    @Widget(
            title = "Groups",
            description = "Into how many groups the channels are divided, each with filters of its own.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasGroups.class, type = EffectType.SHOW)
    int groups = 1;

    @Widget(title = "Activation", description = "The function that a convolution applies to its output.")
    ActivationFunction activation = ActivationFunction.NONE;

    @Widget(title = "Use bias", description = "Whether a convolution adds a trainable number to each channel.")
    boolean useBias = true;

    ImageLayer.Conv2D conv2D(final WeightSettings settings) {
        return new ImageLayer.Conv2D(filters, window(), dilation(), groups, activation.toConfig(), useBias, settings);
    }

    ImageLayer.Conv2DTranspose conv2DTranspose(final WeightSettings settings) {
        return new ImageLayer.Conv2DTranspose(filters, window(), activation.toConfig(), useBias, settings);
    }

    ImageLayer.DepthwiseConv2D depthwiseConv2D(final WeightSettings settings) {
        return new ImageLayer.DepthwiseConv2D(
                window(), depthMultiplier, dilation(), activation.toConfig(), useBias, settings);
    }

    ImageLayer.SeparableConv2D separableConv2D(final WeightSettings settings) {
        return new ImageLayer.SeparableConv2D(
                filters, window(), depthMultiplier, dilation(), activation.toConfig(), useBias, settings);
    }

    private Size dilation() {
        return new Size(dilationHeight, dilationWidth);
    }

    private Window window() {
        return new Window(kernelHeight, kernelWidth, strideHeight, strideWidth, padding.toConfig());
    }
}
