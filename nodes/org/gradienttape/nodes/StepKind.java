package org.gradienttape.nodes;

import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.Label;

/** What happens with a batch. The names of the constants stand in saved workflows. */
public enum StepKind {
    @Label(value = "Standard", description = "The step that the node's description explains.")
    STANDARD,
    @Label(
            value = "Java code",
            description =
                    "A step of your own, written in Java: a template, or your changes to one. It is compiled when the"
                            + " node is executed, never before; it can compute, and reaches nothing else of this machine.")
    JAVA_CODE;

    /** The field of the dialog with the choice. */
    public static final class Reference implements ParameterReference<StepKind> {}

    /** Shows fields for a step of one's own. */
    public static final class IsJavaCode implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(JAVA_CODE);
        }
    }
}
