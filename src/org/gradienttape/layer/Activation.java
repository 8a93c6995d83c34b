package org.gradienttape.layer;

/** The function that a layer applies to its output, with Keras' names and numbers (keras.io/api/layers/activations). */
public enum Activation {
    /** The output as it is; Keras calls it linear. */
    NONE,
    /** max(x, 0). */
    RELU,
    /** 1 / (1 + exp(-x)). */
    SIGMOID,
    /** The hyperbolic tangent. */
    TANH,
    /** x where x is above 0, exp(x) - 1 elsewhere. */
    ELU,
    /** x times the normal distribution's cumulative probability of x. */
    GELU,
    /** x * sigmoid(x). */
    SILU,
    /** exp(x) over the sum of exp(x) along the last axis. */
    SOFTMAX
}
