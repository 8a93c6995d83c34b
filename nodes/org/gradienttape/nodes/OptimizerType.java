package org.gradienttape.nodes;

import org.knime.node.parameters.widget.choices.Label;

/** How weights change. The names of the constants stand in saved workflows. */
public enum OptimizerType {
    @Label(value = "SGD", description = "Stochastic gradient descent, with or without momentum.")
    SGD,
    @Label(value = "Adam", description = "A step size of its own for each weight (Kingma and Ba, 2014).")
    ADAM
}
