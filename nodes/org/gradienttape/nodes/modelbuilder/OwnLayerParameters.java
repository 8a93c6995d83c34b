package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.nodes.StepTemplate;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueProvider;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.text.TextAreaWidget;

/** A layer of one's own, as Java code. */
@LoadDefaultsForAbsentFields
final class OwnLayerParameters implements NodeParameters {
    /** What the code is. The names of the constants stand in saved workflows. */
    enum Template implements StepTemplate.Choice {
        @Label(value = "Own code", description = "The text in the field below.")
        OWN_CODE(""),
        @Label(
                value = "Activity regularization",
                description = "The layer of Keras' guide: passes its input on and adds a penalty to the loss.")
        ACTIVITY_REGULARIZATION("ActivityRegularizationLayer"),
        @Label(value = "Linear", description = "A layer with weights of its own.")
        LINEAR("Linear"),
        @Label(value = "Residual block", description = "A layer made of other layers, for 64 inputs.")
        RESIDUAL_BLOCK("ResidualBlock"),
        @Label(
                value = "Sampling",
                description = "Draws a point from the normal distribution that its input describes, for a variational"
                        + " autoencoder.")
        SAMPLING("Sampling");

        private final String className;

        Template(final String className) {
            this.className = className;
        }

        @Override
        public String className() {
            return className;
        }
    }

    static final class TemplateReference implements ParameterReference<Template> {}

    static final class CodeReference implements ParameterReference<String> {}

    static final class IsOwnCode implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(TemplateReference.class).isOneOf(Template.OWN_CODE);
        }
    }

    static final class ShownCode extends StepTemplate.ShownCode<Template> {
        ShownCode() {
            super(TemplateReference.class, CodeReference.class);
        }
    }

    @Widget(
            title = "Template",
            description =
                    "A layer in Java that works as it is. To change one, choose it here and then Own code: its text"
                            + " stays in the field below.")
    @ValueReference(TemplateReference.class)
    Template template = Template.ACTIVITY_REGULARIZATION;

    @Widget(
            title = "Code",
            description =
                    "A Java file with a class that extends CustomLayer; of several, the public one. It sees the classes"
                            + " of org.gradienttape.layer, org.gradienttape.tensor and of Java itself.")
    @TextAreaWidget(rows = 16)
    @ValueReference(CodeReference.class)
    @ValueProvider(ShownCode.class)
    @Effect(predicate = IsOwnCode.class, type = EffectType.ENABLE)
    String code = "";

    /** The Java file to build. */
    String source() {
        return StepTemplate.text(template, code);
    }
}
