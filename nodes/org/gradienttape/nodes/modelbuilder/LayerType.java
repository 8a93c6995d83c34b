package org.gradienttape.nodes.modelbuilder;

import org.knime.node.parameters.widget.choices.Label;

/** Keras' layers, and one's own. The names of the constants stand in saved workflows. */
enum LayerType {
    @Label(value = "Dense", description = "Fully connected: activation(input x kernel + bias).")
    DENSE,
    @Label(value = "Conv2D", description = "Slides filters over an image of height x width x channels.")
    CONV_2D,
    @Label(value = "Conv2DTranspose", description = "The reverse of a convolution: the image grows by the strides.")
    CONV_2D_TRANSPOSE,
    @Label(value = "MaxPooling2D", description = "The largest number of each window, channel by channel.")
    MAX_POOLING_2D,
    @Label(value = "AveragePooling2D", description = "The mean of each window, channel by channel.")
    AVERAGE_POOLING_2D,
    @Label(value = "GlobalMaxPooling2D", description = "The largest number of each channel.")
    GLOBAL_MAX_POOLING_2D,
    @Label(value = "GlobalAveragePooling2D", description = "The mean of each channel.")
    GLOBAL_AVERAGE_POOLING_2D,
    @Label(value = "Flatten", description = "All numbers of a sample in one row.")
    FLATTEN,
    @Label(value = "Reshape", description = "The same numbers in another shape.")
    RESHAPE,
    @Label(
            value = "Dropout",
            description = "While training, sets inputs to 0 at random and scales the others up to make up for it.")
    DROPOUT,
    @Label(
            value = "BatchNormalization",
            description = "Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it.")
    BATCH_NORMALIZATION,
    @Label(
            value = "LayerNormalization",
            description =
                    "Brings the numbers along the last axis to mean 0 and variance 1, then scales and shifts them.")
    LAYER_NORMALIZATION,
    @Label(
            value = "ActivityRegularization",
            description =
                    "Passes its input on and adds a penalty for large numbers to the loss, summed over the" + " batch.")
    ACTIVITY_REGULARIZATION,
    @Label(value = "ReLU", description = "max(x, 0), element by element.")
    RELU,
    @Label(value = "LeakyReLU", description = "x where it is above 0, a small part of it elsewhere.")
    LEAKY_RELU,
    @Label(value = "ELU", description = "x where it is above 0, alpha (exp(x) - 1) elsewhere.")
    ELU,
    @Label(value = "GELU", description = "x times the normal distribution's cumulative probability of x.")
    GELU,
    @Label(value = "SiLU", description = "x times sigmoid(x).")
    SILU,
    @Label(value = "Sigmoid", description = "1 / (1 + exp(-x)): numbers between 0 and 1.")
    SIGMOID,
    @Label(value = "Tanh", description = "The hyperbolic tangent: numbers between -1 and 1.")
    TANH,
    @Label(value = "Softmax", description = "Probabilities that sum to 1 along the last axis.")
    SOFTMAX,
    @Label(
            value = "Java code",
            description =
                    "A layer of your own, written in Java: a template, or your changes to one. It is compiled when the"
                            + " node is executed, never before; it can compute, and reaches nothing else of this machine.")
    JAVA_CODE
}
