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

/** A whole model as Java code. */
@LoadDefaultsForAbsentFields
final class OwnModelParameters implements NodeParameters {
    /** What the code is. The names of the constants stand in saved workflows. */
    enum Template implements StepTemplate.Choice {
        @Label(value = "Own code", description = "The text in the field below.")
        OWN_CODE(""),
        @Label(
                value = "Branching model",
                description = "Two branches that share a residual block, for flat MNIST digits.")
        BRANCHING_MODEL("BranchingModel");

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
                    "A model in Java that works as it is. To change it, choose it here and then Own code: its text"
                            + " stays in the field below.")
    @ValueReference(TemplateReference.class)
    Template template = Template.BRANCHING_MODEL;

    @Widget(
            title = "Code",
            description =
                    "A Java file with a class that extends CustomLayer; of several, the public one. Its call computes"
                            + " the output of the whole model.")
    @TextAreaWidget(rows = 24)
    @ValueReference(CodeReference.class)
    @ValueProvider(ShownCode.class)
    @Effect(predicate = IsOwnCode.class, type = EffectType.ENABLE)
    String code = "";

    /** The Java file to build. */
    String source() {
        return StepTemplate.text(template, code);
    }
}
