package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.Padding;
import org.gradienttape.layer.SequenceLayer;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.nodes.modelbuilder.LayerType.Setting;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What layers have that look at sequences through windows, with Keras' defaults where it has any. */
@LoadDefaultsForAbsentFields
final class SequenceParameters implements NodeParameters {
    /** What happens at a sequence's ends. The names of the constants stand in saved workflows. */
    enum Ends {
        @Label(value = "Valid", description = "Windows lie within the sequence.")
        VALID,
        @Label(value = "Same", description = "Zeros around the sequence, so that stride 1 keeps its length.")
        SAME,
        @Label(value = "Causal", description = "Zeros before the sequence, so that no window sees what comes later.")
        CAUSAL;

        Padding toConfig() {
            return Padding.valueOf(name());
        }
    }

    static final class HasFilters extends LayerParameters.Shows {
        HasFilters() {
            super(Setting.SEQUENCE_FILTERS);
        }
    }

    static final class HasDilation extends LayerParameters.Shows {
        HasDilation() {
            super(Setting.SEQUENCE_DILATION);
        }
    }

    static final class HasPooling extends LayerParameters.Shows {
        HasPooling() {
            super(Setting.SEQUENCE_POOLING);
        }
    }

    @Widget(title = "Filters", description = "How many features the output of a convolution has.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasFilters.class, type = EffectType.SHOW)
    int filters = 32;

    @Widget(title = "Kernel size", description = "How many steps the window of a convolution has.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasFilters.class, type = EffectType.SHOW)
    int kernelSize = 3;

    @Widget(title = "Stride", description = "How many steps the window of a convolution moves.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasFilters.class, type = EffectType.SHOW)
    int stride = 1;

    @Widget(title = "Pool size", description = "How many steps the window of a pooling layer has.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasPooling.class, type = EffectType.SHOW)
    int poolSize = 2;

    @Widget(
            title = "Pool stride",
            description = "How many steps the window of a pooling layer moves; usually as many as it has.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasPooling.class, type = EffectType.SHOW)
    int poolStride = 2;

    @Widget(
            title = "Padding",
            description = "What happens at the ends of the sequence. <i>Causal</i> is for Conv1D alone.")
    @ValueSwitchWidget
    Ends padding = Ends.VALID;

    @Widget(title = "Dilation rate", description = "How far apart the steps of a window are.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasDilation.class, type = EffectType.SHOW)
    int dilationRate = 1;

    @Widget(
            title = "Groups",
            description = "Into how many groups the features are divided, each with filters of its own.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasDilation.class, type = EffectType.SHOW)
    int groups = 1;

    @Widget(title = "Activation", description = "The function that a convolution applies to its output.")
    @Effect(predicate = HasFilters.class, type = EffectType.SHOW)
    ActivationFunction activation = ActivationFunction.NONE;

    @Widget(title = "Use bias", description = "Whether a convolution adds a trainable number to each feature.")
    @Effect(predicate = HasFilters.class, type = EffectType.SHOW)
    boolean useBias = true;

    SequenceLayer.Conv1D conv1D(final WeightSettings settings) {
        return new SequenceLayer.Conv1D(
                filters,
                kernelSize,
                stride,
                padding.toConfig(),
                dilationRate,
                groups,
                activation.toConfig(),
                useBias,
                settings);
    }

    SequenceLayer.Conv1DTranspose conv1DTranspose(final WeightSettings settings) {
        return new SequenceLayer.Conv1DTranspose(
                filters, kernelSize, stride, padding.toConfig(), activation.toConfig(), useBias, settings);
    }

    SequenceLayer.MaxPooling1D maxPooling1D() {
        return new SequenceLayer.MaxPooling1D(poolSize, poolStride, padding.toConfig());
    }

    SequenceLayer.AveragePooling1D averagePooling1D() {
        return new SequenceLayer.AveragePooling1D(poolSize, poolStride, padding.toConfig());
    }
}
