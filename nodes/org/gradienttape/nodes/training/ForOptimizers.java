package org.gradienttape.nodes.training;

import java.util.Arrays;
import org.gradienttape.nodes.training.OptimizerParameters.OptimizerType;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;

/** Shows a group of numbers for the optimizers that have them. */
abstract class ForOptimizers implements EffectPredicateProvider {
    private final Class<? extends ParameterReference<OptimizerType>> choice;
    private final Class<? extends NodeParameters> group;

    /**
     * @param choice the field with the optimizer
     */
    ForOptimizers(
            final Class<? extends ParameterReference<OptimizerType>> choice,
            final Class<? extends NodeParameters> group) {
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
