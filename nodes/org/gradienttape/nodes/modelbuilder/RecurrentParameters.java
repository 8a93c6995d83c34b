package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.Layer;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.layer.WrapperLayer;
import org.gradienttape.nodes.BelowOne;
import org.gradienttape.nodes.modelbuilder.LayerType.Setting;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What layers have that go along a sequence step by step, with Keras' defaults where it has any. */
@LoadDefaultsForAbsentFields
final class RecurrentParameters implements NodeParameters {
    static final class HasGates extends LayerParameters.Shows {
        HasGates() {
            super(Setting.GATES);
        }
    }

    static final class HasForgetGate extends LayerParameters.Shows {
        HasForgetGate() {
            super(Setting.FORGET_GATE);
        }
    }

    /** The layer that goes both ways. The names of the constants stand in saved workflows. */
    enum Wrapped {
        @Label(value = "LSTM", description = "Long short-term memory.")
        LSTM,
        @Label(value = "GRU", description = "Gated recurrent unit.")
        GRU,
        @Label(value = "SimpleRNN", description = "Each step sees the input and the output of the step before.")
        SIMPLE_RNN
    }

    /** How both directions are joined. The names of the constants stand in saved workflows. */
    enum Merging {
        @Label(value = "Concatenate", description = "One behind the other, so that there are twice as many outputs.")
        CONCAT,
        @Label(value = "Sum", description = "Added.")
        SUM,
        @Label(value = "Multiply", description = "Multiplied.")
        MUL,
        @Label(value = "Average", description = "Their mean.")
        AVE
    }

    static final class GoesBothWays extends LayerParameters.Shows {
        GoesBothWays() {
            super(Setting.BOTH_WAYS);
        }
    }

    @Widget(title = "Layer", description = "The layer that goes along the sequence in both directions.")
    @Effect(predicate = GoesBothWays.class, type = EffectType.SHOW)
    Wrapped wrapped = Wrapped.LSTM;

    @Widget(title = "Merge mode", description = "How the outputs of both directions are joined.")
    @Effect(predicate = GoesBothWays.class, type = EffectType.SHOW)
    Merging mergeMode = Merging.CONCAT;

    @Widget(title = "Units", description = "How many numbers the layer gives, and keeps from step to step.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int units = 64;

    @Widget(
            title = "Return sequences",
            description = "Whether the output of each step is given, for another layer of this kind, or the last one"
                    + " alone.")
    boolean returnSequences;

    @Widget(title = "Go backwards", description = "Whether the layer begins at the last step.")
    boolean goBackwards;

    @Widget(title = "Activation", description = "The function that makes the output.")
    ActivationFunction activation = ActivationFunction.TANH;

    @Widget(title = "Recurrent activation", description = "The function of the gates of LSTM and GRU.")
    @Effect(predicate = HasGates.class, type = EffectType.SHOW)
    ActivationFunction recurrentActivation = ActivationFunction.SIGMOID;

    @Widget(title = "Use bias", description = "Whether trainable numbers are added in each step.")
    boolean useBias = true;

    @Widget(
            title = "Unit forget bias",
            description = "Whether the bias of LSTM's forget gate starts at 1, and the rest of the bias at 0.")
    @Effect(predicate = HasForgetGate.class, type = EffectType.SHOW)
    @Advanced
    boolean unitForgetBias = true;

    @Widget(
            title = "Dropout",
            description = "The part of the input's features that is set to 0 while training, the same in all steps;"
                    + " below 1.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = BelowOne.class)
    double dropout;

    @Widget(
            title = "Recurrent dropout",
            description = "The part of what is kept from step to step that is set to 0 while training, the same in all"
                    + " steps; below 1.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = BelowOne.class)
    double recurrentDropout;

    @Widget(
            title = "Recurrent initializer",
            description = "How the weights start that stand between the output of a step and the next one.")
    @Advanced
    StartingNumbers recurrentInitializer = StartingNumbers.ORTHOGONAL;

    WrapperLayer.Bidirectional bidirectional(final WeightSettings settings) {
        final Layer inner =
                switch (wrapped) {
                    case LSTM -> lstm(settings);
                    case GRU -> gru(settings);
                    case SIMPLE_RNN -> simpleRnn(settings);
                };
        return new WrapperLayer.Bidirectional(inner, WrapperLayer.MergeMode.valueOf(mergeMode.name()));
    }

    RecurrentLayer.SimpleRNN simpleRnn(final WeightSettings settings) {
        return new RecurrentLayer.SimpleRNN(
                units,
                activation.toConfig(),
                useBias,
                dropout,
                recurrentDropout,
                returnSequences,
                goBackwards,
                recurrentInitializer.toConfig(),
                settings);
    }

    RecurrentLayer.LSTM lstm(final WeightSettings settings) {
        return new RecurrentLayer.LSTM(
                units,
                activation.toConfig(),
                recurrentActivation.toConfig(),
                useBias,
                unitForgetBias,
                dropout,
                recurrentDropout,
                returnSequences,
                goBackwards,
                recurrentInitializer.toConfig(),
                settings);
    }

    RecurrentLayer.GRU gru(final WeightSettings settings) {
        return new RecurrentLayer.GRU(
                units,
                activation.toConfig(),
                recurrentActivation.toConfig(),
                useBias,
                dropout,
                recurrentDropout,
                returnSequences,
                goBackwards,
                recurrentInitializer.toConfig(),
                settings);
    }
}
