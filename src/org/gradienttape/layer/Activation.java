package org.gradienttape.layer;

/** The function that a layer applies to its output. */
public enum Activation {
    /** The output as it is; Keras calls it linear. */
    NONE,
    /** max(x, 0). */
    RELU
}
