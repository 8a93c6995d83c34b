package org.gradienttape.nodes;

import java.util.function.Supplier;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;

/** A dialog in which a template is chosen and a text stands in the field. */
public record CodeDialog(Object template, String code) implements StateProvider.StateProviderInitializer {
    @Override
    public NodeParametersInput getNodeParametersInput() {
        return null;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Supplier<T> computeFromValueSupplier(final Class<? extends ParameterReference<T>> ref) {
        return () -> (T) template;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Supplier<T> getValueSupplier(final Class<? extends ParameterReference<T>> ref) {
        return () -> (T) code;
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
