package org.knime.node.parameters.updates;

import java.util.function.Supplier;
import org.knime.node.parameters.NodeParametersInput;

/**
 * Computes a part of the dialog's state; implementations need a constructor without arguments.
 *
 * @param <S> the type of that part
 */
public interface StateProvider<S> {

    /** Says when the state is computed, and from which values. */
    void init(StateProviderInitializer initializer);

    S computeState(NodeParametersInput parametersInput);

    /** Collects the occasions on which a state is computed. */
    interface StateProviderInitializer {

        NodeParametersInput getNodeParametersInput();

        /** Computes whenever the field changes, and hands out its value. */
        <T> Supplier<T> computeFromValueSupplier(Class<? extends ParameterReference<T>> ref);

        /** Hands out the field's value without computing when it changes. */
        <T> Supplier<T> getValueSupplier(Class<? extends ParameterReference<T>> ref);

        <T> void computeOnValueChange(Class<? extends ParameterReference<T>> id);

        <T> Supplier<T> computeFromProvidedState(Class<? extends StateProvider<T>> stateProviderClass);

        void computeBeforeOpenDialog();

        void computeAfterOpenDialog();
    }
}
