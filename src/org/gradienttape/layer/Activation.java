package org.gradienttape.layer;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Function;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Reduction;
import org.gradienttape.tensor.Tensor;

/** The function that a layer applies to its output, with Keras' names and numbers (keras.io/api/layers/activations). */
public enum Activation {
    /** The output as it is; Keras calls it linear. */
    NONE(null, x -> x),
    /** max(x, 0). */
    RELU(Function.RELU, x -> x.relu()),
    /** 1 / (1 + exp(-x)). */
    SIGMOID(Function.SIGMOID, x -> x.sigmoid()),
    /** The hyperbolic tangent. */
    TANH(Function.TANH, x -> x.tanh()),
    /** x where x is above 0, exp(x) - 1 elsewhere. */
    ELU(Function.ELU, x -> x.elu(1)),
    /** x times the normal distribution's cumulative probability of x. */
    GELU(Function.GELU, x -> x.gelu()),
    /** x * sigmoid(x). */
    SILU(Function.SILU, x -> x.silu()),
    /** exp(x) over the sum of exp(x) along the last axis. */
    SOFTMAX(Reduction.SOFTMAX, x -> x.softmax(-1));

    private final Operation operation;
    private final UnaryOperator<Tensor> function;

    Activation(final Operation operation, final UnaryOperator<Tensor> function) {
        this.operation = operation;
        this.function = function;
    }

    /** The function of a batch. */
    public Tensor of(final Tensor x) {
        return function.apply(x);
    }

    /** What a tensor went through last, reshaping aside. */
    static Activation lastOf(final Tensor tensor) {
        Tensor made = tensor;
        while (made.operation() == Form.RESHAPE) {
            made = made.input(0);
        }
        final Operation last = made.operation();
        return Stream.of(values())
                .filter(activation -> activation.operation == last)
                .findFirst()
                .orElse(NONE);
    }
}
