package org.gradienttape.nodes;

import org.gradienttape.torch.Execution;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.Label;

/** How a trainer runs its steps. The names of the constants stand in saved workflows. */
public enum ExecutionMode {
    @Label(
            value = "Compiled",
            description =
                    "The whole step (samples, forward, loss, gradients, update) is compiled once and run by the engine in"
                            + " one call, for several batches if they are quick. The fastest.")
    COMPILED,
    @Label(
            value = "Eager",
            description =
                    "Operation by operation. The same numbers up to rounding; for comparison, or if a network cannot be"
                            + " compiled.")
    EAGER;

    /** The field of the dialog with the choice. */
    public static final class Reference implements ParameterReference<ExecutionMode> {}

    /** Shows fields of compiled steps. */
    public static final class IsCompiled implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(COMPILED);
        }
    }

    public Execution toConfig() {
        return Execution.valueOf(name());
    }
}
