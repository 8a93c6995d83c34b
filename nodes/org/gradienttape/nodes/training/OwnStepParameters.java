package org.gradienttape.nodes.training;

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
public final class OwnStepParameters implements NodeParameters {
    /** What the code is. The names of the constants stand in saved workflows. */
    public enum Template implements StepTemplate.Choice {
        @Label(value = "Own code", description = "The text in the field below.")
        OWN_CODE(""),
        @Label(value = "Standard step", description = "The standard step, as Java.")
        STANDARD_STEP("StandardStep"),
        @Label(
                value = "Clip gradients by global norm",
                description = "Scales all gradients down together where their norm is above 1, and reports the norm.")
        CLIP_GRADIENTS("ClipGradients"),
        @Label(value = "Accumulate gradients", description = "Makes one update for every 4 batches.")
        ACCUMULATE_GRADIENTS("AccumulateGradients"),
        @Label(value = "Label smoothing", description = "Cross-entropy against softened labels.")
        LABEL_SMOOTHING("LabelSmoothing"),
        @Label(value = "Mixup", description = "Trains on mixtures of two samples.")
        MIXUP("Mixup"),
        @Label(
                value = "Added losses",
                description = "Adds weight decay and a penalty on confidence to the loss, and reports each.")
        ADDED_LOSSES("AddedLosses"),
        @Label(
                value = "Two optimizers",
                description = "Adam for all layers but the last, which keeps the optimizer of the node.")
        TWO_OPTIMIZERS("TwoOptimizers");

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
    public Template template = Template.OWN_CODE;

    @Widget(
            title = "Code",
            description = "A Java file with one class that implements CustomStep. It sees the"
                    + " classes of org.gradienttape.step, org.gradienttape.tensor and of Java itself.")
    @TextAreaWidget(rows = 24)
    @ValueReference(StepTemplate.Reference.class)
    @ValueProvider(ShownCode.class)
    @Effect(predicate = IsOwnCode.class, type = EffectType.ENABLE)
    public String code = StepTemplate.text("StandardStep");

    /** The Java file to run. */
    public String source() {
        return StepTemplate.text(template, code);
    }
}
