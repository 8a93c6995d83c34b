package org.gradienttape.nodes;

import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;

/** Shows a field only while a checkbox is on. */
public abstract class WhenChecked implements EffectPredicateProvider {
    private final Class<? extends ParameterReference<Boolean>> checkbox;

    protected WhenChecked(final Class<? extends ParameterReference<Boolean>> checkbox) {
        this.checkbox = checkbox;
    }

    @Override
    public final EffectPredicate init(final PredicateInitializer i) {
        return i.getBoolean(checkbox).isTrue();
    }
}
