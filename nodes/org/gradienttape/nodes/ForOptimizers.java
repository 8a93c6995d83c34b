package org.gradienttape.nodes;

import java.util.Arrays;
import org.gradienttape.nodes.OptimizerNumbers.Group;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;

/** Shows a group of numbers for the optimizers that have them. */
public abstract class ForOptimizers implements EffectPredicateProvider {
    private final Class<? extends ParameterReference<OptimizerType>> choice;
    private final Group group;

    /**
     * @param choice the field with the optimizer
     */
    protected ForOptimizers(final Class<? extends ParameterReference<OptimizerType>> choice, final Group group) {
        this.choice = choice;
        this.group = group;
    }

    @Override
    public final EffectPredicate init(final PredicateInitializer i) {
        return i.getEnum(choice)
                .isOneOf(Arrays.stream(OptimizerType.values())
                        .filter(type -> type.has(group))
                        .toArray(OptimizerType[]::new));
    }
}
