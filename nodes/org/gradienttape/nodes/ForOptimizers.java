package org.gradienttape.nodes;

import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;

/** Shows a field for some of the optimizers only. */
public abstract class ForOptimizers implements EffectPredicateProvider {
    private final Class<? extends ParameterReference<OptimizerType>> choice;
    private final OptimizerType[] types;

    /**
     * @param choice the field with the optimizer
     */
    protected ForOptimizers(
            final Class<? extends ParameterReference<OptimizerType>> choice, final OptimizerType... types) {
        this.choice = choice;
        this.types = types;
    }

    @Override
    public final EffectPredicate init(final PredicateInitializer i) {
        return i.getEnum(choice).isOneOf(types);
    }
}
