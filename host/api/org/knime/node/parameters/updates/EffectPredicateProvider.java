package org.knime.node.parameters.updates;

import java.util.function.Predicate;
import org.knime.node.parameters.NodeParametersInput;

/** Builds a predicate; implementations need a constructor without arguments. */
@FunctionalInterface
public interface EffectPredicateProvider {

    EffectPredicate init(PredicateInitializer i);

    /** Makes predicates on the fields that carry a {@link ValueReference} to the given class. */
    interface PredicateInitializer {

        StringReference getString(Class<? extends ParameterReference<String>> reference);

        BooleanReference getBoolean(Class<? extends ParameterReference<Boolean>> reference);

        <E extends Enum<E>> EnumReference<E> getEnum(Class<? extends ParameterReference<E>> reference);

        EffectPredicate getConstant(Predicate<NodeParametersInput> predicate);

        default EffectPredicate always() {
            return getConstant(input -> true);
        }

        EffectPredicate getPredicate(Class<? extends EffectPredicateProvider> predicateProviderClass);

        EffectPredicate getPredicate(EffectPredicateProvider predicateProvider);

        /** A text field. */
        interface StringReference {

            EffectPredicate isEqualTo(String value);

            EffectPredicate matchesPattern(String pattern);
        }

        /** A checkbox. */
        interface BooleanReference {

            EffectPredicate isTrue();

            EffectPredicate isFalse();
        }

        /**
         * A choice among constants.
         *
         * @param <E> the constants
         */
        interface EnumReference<E extends Enum<E>> {

            @SuppressWarnings("unchecked")
            EffectPredicate isOneOf(E... values);
        }
    }

    default EffectPredicate and(final EffectPredicate... predicates) {
        EffectPredicate all = predicates[0];
        for (final EffectPredicate predicate : predicates) {
            all = all.and(predicate);
        }
        return all;
    }

    default EffectPredicate or(final EffectPredicate... predicates) {
        EffectPredicate any = predicates[0];
        for (final EffectPredicate predicate : predicates) {
            any = any.or(predicate);
        }
        return any;
    }

    default EffectPredicate not(final EffectPredicate predicate) {
        return predicate.negate();
    }
}
