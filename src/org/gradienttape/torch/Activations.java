package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.gradienttape.layer.Activation;

/** What each activation computes. */
final class Activations {
    private static final int LAST_AXIS = -1;

    private static final Map<Activation, UnaryOperator<NDArray>> FUNCTIONS = Map.of(
            Activation.NONE, UnaryOperator.identity(),
            Activation.RELU, ai.djl.nn.Activation::relu,
            Activation.SIGMOID, ai.djl.nn.Activation::sigmoid,
            Activation.TANH, ai.djl.nn.Activation::tanh,
            Activation.ELU, elu(1),
            Activation.GELU, ai.djl.nn.Activation::gelu,
            Activation.SILU, Activations::silu,
            Activation.SOFTMAX, input -> input.softmax(LAST_AXIS));

    private Activations() {}

    static NDArray apply(final Activation activation, final NDArray input) {
        return FUNCTIONS.get(activation).apply(input);
    }

    static UnaryOperator<NDArray> elu(final double alpha) {
        return input -> ai.djl.nn.Activation.elu(input, (float) alpha);
    }

    static UnaryOperator<NDArray> leakyRelu(final double negativeSlope) {
        return input -> ai.djl.nn.Activation.leakyRelu(input, (float) negativeSlope);
    }

    /** With tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)) in place of the error function: Hendrycks and Gimpel, 2016. */
    static UnaryOperator<NDArray> approximateGelu() {
        return ScriptFunction.of("0.5 * x * (1. + torch.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)))", "x")
                ::call;
    }

    private static NDArray silu(final NDArray input) {
        return input.mul(ai.djl.nn.Activation.sigmoid(input));
    }
}
