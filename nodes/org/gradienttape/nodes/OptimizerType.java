package org.gradienttape.nodes;

import org.knime.node.parameters.widget.choices.Label;

/** How weights change. The names of the constants stand in saved workflows. */
public enum OptimizerType {
    @Label(value = "SGD", description = "Stochastic gradient descent, with or without momentum.")
    SGD,
    @Label(value = "Adam", description = "A step size of its own for each weight (Kingma and Ba, 2014).")
    ADAM,
    @Label(value = "AdamW", description = "Adam with a weight decay of its own (Loshchilov and Hutter, 2019).")
    ADAMW,
    @Label(value = "Nadam", description = "Adam with Nesterov momentum (Dozat, 2015).")
    NADAM,
    @Label(
            value = "RMSprop",
            description = "Gradients divided by the root of the running mean of their squares (Hinton, 2012).")
    RMSPROP,
    @Label(
            value = "Adagrad",
            description = "Smaller steps for weights that have changed a lot (Duchi, Hazan and Singer, 2011).")
    ADAGRAD
}
