package org.gradienttape.host.node;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.function.Predicate;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;

/**
 * Builds predicates only to see whether each reference belongs to a field of the type that it is used for.
 *
 * @param fields the referenced fields
 */
record ReferenceCheck(Map<Class<?>, Field> fields) implements EffectPredicateProvider.PredicateInitializer {

    @Override
    public StringReference getString(final Class<? extends ParameterReference<String>> reference) {
        requireField(reference, String.class);
        return new Text();
    }

    @Override
    public BooleanReference getBoolean(final Class<? extends ParameterReference<Boolean>> reference) {
        requireField(reference, boolean.class);
        return new Checkbox();
    }

    @Override
    public <E extends Enum<E>> EnumReference<E> getEnum(final Class<? extends ParameterReference<E>> reference) {
        requireField(reference, Enum.class);
        return new Choice<>();
    }

    @Override
    public EffectPredicate getConstant(final Predicate<NodeParametersInput> predicate) {
        return new Checked();
    }

    @Override
    public EffectPredicate getPredicate(final Class<? extends EffectPredicateProvider> providerClass) {
        if (providerClass.isInterface()) {
            throw new IllegalStateException("The predicate " + providerClass.getSimpleName() + " is an interface.");
        }
        try {
            return getPredicate(ParameterGroup.create(providerClass.getDeclaredConstructor()));
        } catch (final NoSuchMethodException e) {
            throw new IllegalStateException(
                    "The predicate " + providerClass.getSimpleName() + " needs a constructor without arguments.", e);
        }
    }

    @Override
    public EffectPredicate getPredicate(final EffectPredicateProvider provider) {
        return provider.init(this);
    }

    private void requireField(final Class<?> reference, final Class<?> type) {
        final Field field = fields.get(reference);
        if (field == null) {
            throw new IllegalStateException("No field has the reference " + reference.getSimpleName() + ".");
        }
        final boolean boxed = type == boolean.class && field.getType() == Boolean.class;
        if (!boxed && !type.isAssignableFrom(field.getType())) {
            throw new IllegalStateException("The reference " + reference.getSimpleName() + " is used as "
                    + type.getSimpleName() + ", but " + ParametersCheck.name(field) + " is of type "
                    + field.getType().getSimpleName() + ".");
        }
    }

    private record Checked() implements EffectPredicate {

        @Override
        public EffectPredicate and(final EffectPredicate other) {
            return this;
        }

        @Override
        public EffectPredicate or(final EffectPredicate other) {
            return this;
        }

        @Override
        public EffectPredicate negate() {
            return this;
        }
    }

    private record Text() implements StringReference {

        @Override
        public EffectPredicate isEqualTo(final String value) {
            return new Checked();
        }

        @Override
        public EffectPredicate matchesPattern(final String pattern) {
            return new Checked();
        }
    }

    private record Checkbox() implements BooleanReference {

        @Override
        public EffectPredicate isTrue() {
            return new Checked();
        }

        @Override
        public EffectPredicate isFalse() {
            return new Checked();
        }
    }

    private record Choice<E extends Enum<E>>() implements EnumReference<E> {

        @SafeVarargs
        @Override
        public final EffectPredicate isOneOf(final E... values) {
            return new Checked();
        }
    }
}
