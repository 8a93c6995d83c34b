package org.gradienttape.nodes.pages;

import java.lang.reflect.AnnotatedElement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.EffectPredicateProvider.PredicateInitializer;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;

/** What settings do to one another in a dialog of a node with nothing connected. */
final class DialogEffects implements PredicateInitializer {
    private final Map<Class<?>, Object> values;

    private DialogEffects(final Map<Class<?>, Object> values) {
        this.values = values;
    }

    static DialogEffects of(final Object parameters) {
        return new DialogEffects(Map.of()).with(parameters);
    }

    /** The same where the settings of one more group count, too. */
    DialogEffects with(final Object group) {
        final Map<Class<?>, Object> all = new HashMap<>(values);
        addReferences(group, all);
        return new DialogEffects(all);
    }

    private static void addReferences(final Object group, final Map<Class<?>, Object> all) {
        Dialog.fields(group.getClass()).forEach(field -> {
            final Object value = Dialog.value(field, group);
            if (field.isAnnotationPresent(ValueReference.class)) {
                all.put(field.getAnnotation(ValueReference.class).value(), value);
            }
            if (value instanceof NodeParameters) {
                addReferences(value, all);
            }
        });
    }

    /** The value of the field that carries the reference. */
    Object value(final Class<? extends ParameterReference<?>> reference) {
        return values.get(reference);
    }

    /** Whether a field or a section is visible. */
    boolean show(final AnnotatedElement element) {
        final Effect effect = element.getAnnotation(Effect.class);
        if (effect == null || effect.type() == EffectType.ENABLE || effect.type() == EffectType.DISABLE) {
            return true;
        }
        return holds(getPredicate(effect.predicate())) == (effect.type() == EffectType.SHOW);
    }

    private static boolean holds(final EffectPredicate predicate) {
        return ((Truth) predicate).holds();
    }

    @Override
    public EffectPredicate getPredicate(final Class<? extends EffectPredicateProvider> provider) {
        try {
            final var constructor = provider.getDeclaredConstructor();
            constructor.setAccessible(true);
            return getPredicate(constructor.newInstance());
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("No " + provider + " can be made.", e);
        }
    }

    @Override
    public EffectPredicate getPredicate(final EffectPredicateProvider provider) {
        return provider.init(this);
    }

    @Override
    public StringReference getString(final Class<? extends ParameterReference<String>> reference) {
        throw new UnsupportedOperationException("No dialog looks at a text yet.");
    }

    @Override
    public BooleanReference getBoolean(final Class<? extends ParameterReference<Boolean>> reference) {
        final boolean value = (Boolean) values.get(reference);
        return new BooleanReference() {
            @Override
            public EffectPredicate isTrue() {
                return new Truth(value);
            }

            @Override
            public EffectPredicate isFalse() {
                return new Truth(!value);
            }
        };
    }

    @Override
    public <E extends Enum<E>> EnumReference<E> getEnum(final Class<? extends ParameterReference<E>> reference) {
        return new Choice<>(values.get(reference));
    }

    @Override
    public EffectPredicate getConstant(final Predicate<NodeParametersInput> predicate) {
        return new Truth(predicate.test(new NothingConnected()));
    }

    private record Choice<E extends Enum<E>>(Object value) implements PredicateInitializer.EnumReference<E> {
        @SafeVarargs
        @Override
        public final EffectPredicate isOneOf(final E... choices) {
            boolean chosen = false;
            for (final E choice : choices) {
                chosen |= choice == value;
            }
            return new Truth(chosen);
        }
    }

    private record Truth(boolean holds) implements EffectPredicate {
        @Override
        public EffectPredicate and(final EffectPredicate other) {
            return new Truth(holds && DialogEffects.holds(other));
        }

        @Override
        public EffectPredicate or(final EffectPredicate other) {
            return new Truth(holds || DialogEffects.holds(other));
        }

        @Override
        public EffectPredicate negate() {
            return new Truth(!holds);
        }
    }

    private record NothingConnected() implements NodeParametersInput {
        @Override
        public PortObjectSpec[] getInPortSpecs() {
            return new PortObjectSpec[0];
        }

        @Override
        public Optional<PortObjectSpec> getInPortSpec(final int portIndex) {
            return Optional.empty();
        }

        @Override
        public DataTableSpec[] getInTableSpecs() {
            return new DataTableSpec[0];
        }

        @Override
        public Optional<DataTableSpec> getInTableSpec(final int portIndex) {
            return Optional.empty();
        }
    }
}
