package org.gradienttape.nodes.pages;

import java.lang.reflect.Field;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.widget.message.TextMessage;

/**
 * What a message of a dialog hears of its other fields when it is opened.
 *
 * @param values of the fields that carry the references
 */
record DialogMessage(Function<Class<? extends ParameterReference<?>>, Object> values)
        implements StateProvider.StateProviderInitializer {
    /** What stands in the place of a field; nothing if it holds no message. */
    Optional<TextMessage.Message> in(final Field field) {
        final TextMessage message = field.getAnnotation(TextMessage.class);
        if (message == null) {
            return Optional.empty();
        }
        try {
            final var constructor = message.value().getDeclaredConstructor();
            constructor.setAccessible(true);
            final StateProvider<Optional<TextMessage.Message>> provider = constructor.newInstance();
            provider.init(this);
            return provider.computeState(null);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("No " + message.value() + " can be made.", e);
        }
    }

    @Override
    public NodeParametersInput getNodeParametersInput() {
        return null;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Supplier<T> computeFromValueSupplier(final Class<? extends ParameterReference<T>> ref) {
        return () -> (T) values.apply(ref);
    }

    @Override
    public <T> Supplier<T> getValueSupplier(final Class<? extends ParameterReference<T>> ref) {
        return computeFromValueSupplier(ref);
    }

    @Override
    public <T> void computeOnValueChange(final Class<? extends ParameterReference<T>> id) {}

    @Override
    public <T> Supplier<T> computeFromProvidedState(final Class<? extends StateProvider<T>> provider) {
        return null;
    }

    @Override
    public void computeBeforeOpenDialog() {}

    @Override
    public void computeAfterOpenDialog() {}
}
