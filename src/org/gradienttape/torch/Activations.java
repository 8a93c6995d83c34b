package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.gradienttape.layer.Activation;

/** What each activation computes, element by element. */
final class Activations {
    private static final Map<Activation, UnaryOperator<NDArray>> FUNCTIONS =
            Map.of(Activation.NONE, UnaryOperator.identity(), Activation.RELU, ai.djl.nn.Activation::relu);

    private Activations() {}

    static NDArray apply(final Activation activation, final NDArray input) {
        return FUNCTIONS.get(activation).apply(input);
    }
}
