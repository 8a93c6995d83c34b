package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.ScalingLayer;
import org.gradienttape.nodes.modelbuilder.LayerType.Setting;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;

/** What layers have that scale by numbers which are given. */
@LoadDefaultsForAbsentFields
final class ScalingParameters implements NodeParameters {
    static final class HasFactors extends LayerParameters.Shows {
        HasFactors() {
            super(Setting.FACTORS);
        }
    }

    static final class HasStatistics extends LayerParameters.Shows {
        HasStatistics() {
            super(Setting.STATISTICS);
        }
    }

    @Widget(title = "Scale", description = "What Rescaling multiplies by.")
    @Effect(predicate = HasFactors.class, type = EffectType.SHOW)
    double scale = 1;

    @Widget(title = "Offset", description = "What Rescaling adds.")
    @Effect(predicate = HasFactors.class, type = EffectType.SHOW)
    double offset;

    @Widget(
            title = "Mean",
            description =
                    "The mean that Normalization takes away: one number, or one per feature (last axis), with commas"
                            + " between them.")
    @Effect(predicate = HasStatistics.class, type = EffectType.SHOW)
    String mean = "0";

    @Widget(
            title = "Variance",
            description = "Normalization divides by the square root of it: one number, or one per feature, with commas"
                    + " between them.")
    @Effect(predicate = HasStatistics.class, type = EffectType.SHOW)
    String variance = "1";

    @Widget(title = "Invert", description = "Whether Normalization computes the way back.")
    @Effect(predicate = HasStatistics.class, type = EffectType.SHOW)
    boolean invert;

    ScalingLayer.Normalization normalization() {
        return new ScalingLayer.Normalization(
                ShapeText.numbers(mean, "mean of Normalization"),
                ShapeText.numbers(variance, "variance of Normalization"),
                invert);
    }
}
