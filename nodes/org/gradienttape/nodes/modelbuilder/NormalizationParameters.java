package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.nodes.modelbuilder.LayerType.Setting;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;

/** What BatchNormalization, LayerNormalization and GroupNormalization have, with Keras' defaults. */
@LoadDefaultsForAbsentFields
final class NormalizationParameters implements NodeParameters {
    static final class HasMomentum extends LayerParameters.Shows {
        HasMomentum() {
            super(Setting.MOMENTUM);
        }
    }

    static final class HasGroups extends LayerParameters.Shows {
        HasGroups() {
            super(Setting.CHANNEL_GROUPS);
        }
    }

    static final class AtMostOne extends MaxValidation {
        @Override
        protected double getMax() {
            return 1;
        }
    }

    @Widget(
            title = "Momentum",
            description =
                    "How much of the running mean and variance a BatchNormalization layer keeps at each step, from"
                            + " 0 to 1.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = AtMostOne.class)
    @Effect(predicate = HasMomentum.class, type = EffectType.SHOW)
    double momentum = 0.99;

    @Widget(
            title = "Groups",
            description = "Into how many groups GroupNormalization divides the channels; -1 for one for each channel.")
    @Effect(predicate = HasGroups.class, type = EffectType.SHOW)
    int groups = 32;

    @Widget(title = "Epsilon", description = "What a normalization layer adds to the variance; above 0.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double epsilon = 1e-3;

    @Widget(title = "Center", description = "Whether a normalization layer adds a trainable shift, beta.")
    boolean center = true;

    @Widget(title = "Scale", description = "Whether a normalization layer multiplies by a trainable factor, gamma.")
    boolean scale = true;

    NormalizationLayer.BatchNormalization batch() {
        return new NormalizationLayer.BatchNormalization(momentum, epsilon, center, scale);
    }

    NormalizationLayer.LayerNormalization layer() {
        return new NormalizationLayer.LayerNormalization(epsilon, center, scale);
    }

    NormalizationLayer.GroupNormalization group() {
        return new NormalizationLayer.GroupNormalization(groups, epsilon, center, scale);
    }
}
