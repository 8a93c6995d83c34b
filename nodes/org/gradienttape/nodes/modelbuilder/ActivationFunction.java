package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.Activation;
import org.knime.node.parameters.widget.choices.Label;

/** The function that a layer applies to its output. The names of the constants stand in saved workflows. */
enum ActivationFunction {
    @Label("None")
    NONE,
    @Label("ReLU")
    RELU,
    @Label("Sigmoid")
    SIGMOID,
    @Label("Tanh")
    TANH,
    @Label("ELU")
    ELU,
    @Label("GELU")
    GELU,
    @Label("SiLU")
    SILU,
    @Label("Softmax")
    SOFTMAX;

    Activation toConfig() {
        return Activation.valueOf(name());
    }
}
