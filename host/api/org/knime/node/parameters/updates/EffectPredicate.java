package org.knime.node.parameters.updates;

/** A condition on values of the dialog; made by a {@link EffectPredicateProvider.PredicateInitializer}. */
public interface EffectPredicate {

    EffectPredicate and(EffectPredicate other);

    EffectPredicate or(EffectPredicate other);

    EffectPredicate negate();
}
