package org.gradienttape.nodes.training;

import org.gradienttape.optimizer.GradientClipping;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;

/** Whether gradients are kept small before the optimizer takes them. */
@LoadDefaultsForAbsentFields
public final class ClippingParameters implements NodeParameters {
    /** What is kept small. The names of the constants stand in saved workflows. */
    public enum Clipping {
        @Label(value = "None", description = "The optimizer takes the gradients as they are.")
        NONE,
        @Label(
                value = "Value",
                description = "Each number of a gradient is kept between minus the limit and the limit.")
        VALUE,
        @Label(value = "Norm", description = "Each weight's gradient is scaled down to a norm of the limit.")
        NORM,
        @Label(
                value = "Global norm",
                description = "All gradients are scaled down together, to a norm of the limit for all of them.")
        GLOBAL_NORM
    }

    static final class ClippingReference implements ParameterReference<Clipping> {}

    static final class IsClipping implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(ClippingReference.class).isOneOf(Clipping.NONE).negate();
        }
    }

    @Widget(title = "Gradient clipping", description = "How gradients are kept small before the optimizer takes them.")
    @ValueReference(ClippingReference.class)
    @ValueSwitchWidget
    @Advanced
    public Clipping clipping = Clipping.NONE;

    @Widget(title = "Limit", description = "The largest value or norm, above 0.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Effect(predicate = IsClipping.class, type = EffectType.SHOW)
    @Advanced
    public double limit = 1;

    public GradientClipping toConfig() {
        return new GradientClipping(GradientClipping.Kind.valueOf(clipping.name()), limit);
    }
}
