package org.gradienttape.nodes.gantrainer;

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

/** A step of one's own, as Java code. */
@LoadDefaultsForAbsentFields
final class OwnStepParameters implements NodeParameters {
    /** What the code is. The names of the constants stand in saved workflows. */
    enum Template implements StepTemplate.Choice {
        @Label(value = "Own code", description = "The text in the field below.")
        OWN_CODE(""),
        @Label(value = "Standard GAN step", description = "The standard step, as Java.")
        STANDARD_STEP("StandardGanStep"),
        @Label(
                value = "Wasserstein GAN with gradient penalty",
                description =
                        "A critic in place of the discriminator, whose gradient is held near 1; reports distance and penalty.")
        WASSERSTEIN_GAN("WassersteinGan"),
        @Label(
                value = "Variational autoencoder",
                description =
                        "An encoder in place of the discriminator, which ends in a Sampling layer in Java; the generator"
                                + " is the decoder. Both learn to give back the images.")
        VARIATIONAL_AUTOENCODER("VariationalAutoencoder");

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

    static final class IsOwnCode implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(TemplateReference.class).isOneOf(Template.OWN_CODE);
        }
    }

    static final class ShownCode extends StepTemplate.ShownCode<Template> {
        ShownCode() {
            super(TemplateReference.class, StepTemplate.Reference.class);
        }
    }

    @Widget(
            title = "Template",
            description =
                    "A step that runs as it is. To change one, choose it here and then Own code: its text stays in"
                            + " the field below.")
    @ValueReference(TemplateReference.class)
    Template template = Template.OWN_CODE;

    @Widget(
            title = "Code",
            description = "A Java file with one class that implements CustomGanStep. It sees the"
                    + " classes of org.gradienttape.step, org.gradienttape.tensor and of Java itself.")
    @TextAreaWidget(rows = 24)
    @ValueReference(StepTemplate.Reference.class)
    @ValueProvider(ShownCode.class)
    @Effect(predicate = IsOwnCode.class, type = EffectType.ENABLE)
    String code = StepTemplate.text("StandardGanStep");

    /** The Java file to run. */
    String source() {
        return StepTemplate.text(template, code);
    }
}
