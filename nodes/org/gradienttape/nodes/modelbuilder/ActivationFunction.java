package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.Activation;
import org.knime.node.parameters.widget.choices.Label;

/** The function that a layer applies to its output. The names of the constants stand in saved workflows. */
enum ActivationFunction {
    @Label(value = "None", description = "The output as it is; for a last layer that gives logits.")
    NONE,
    @Label(value = "ReLU", description = "max(x, 0), element by element.")
    RELU,
    @Label(value = "Sigmoid", description = "1 / (1 + exp(-x)): numbers between 0 and 1.")
    SIGMOID,
    @Label(value = "Tanh", description = "The hyperbolic tangent: numbers between -1 and 1.")
    TANH,
    @Label(value = "ELU", description = "x where it is above 0, exp(x) - 1 elsewhere.")
    ELU,
    @Label(value = "GELU", description = "x times the normal distribution's cumulative probability of x.")
    GELU,
    @Label(value = "SiLU", description = "x times sigmoid(x).")
    SILU,
    @Label(value = "Softmax", description = "Probabilities that sum to 1 along the last axis.")
    SOFTMAX;

    Activation toConfig() {
        return Activation.valueOf(name());
    }
}
