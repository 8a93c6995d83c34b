package org.gradienttape.layer;

import java.util.function.UnaryOperator;
import org.gradienttape.tensor.Tensor;

/** The function that a layer applies to its output, with Keras' names and numbers (keras.io/api/layers/activations). */
public enum Activation {
    /** The output as it is; Keras calls it linear. */
    NONE(x -> x),
    /** max(x, 0). */
    RELU(x -> x.relu()),
    /** 1 / (1 + exp(-x)). */
    SIGMOID(x -> x.sigmoid()),
    /** The hyperbolic tangent. */
    TANH(x -> x.tanh()),
    /** x where x is above 0, exp(x) - 1 elsewhere. */
    ELU(x -> x.elu(1)),
    /** x times the normal distribution's cumulative probability of x. */
    GELU(x -> x.gelu()),
    /** x * sigmoid(x). */
    SILU(x -> x.silu()),
    /** exp(x) over the sum of exp(x) along the last axis. */
    SOFTMAX(x -> x.softmax(-1));

    private final UnaryOperator<Tensor> function;

    Activation(final UnaryOperator<Tensor> function) {
        this.function = function;
    }

    /** The function of a batch. */
    public Tensor of(final Tensor x) {
        return function.apply(x);
    }
}
