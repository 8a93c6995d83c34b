package org.gradienttape.nodes;

import org.knime.node.parameters.widget.choices.Label;

/** The shape of a sample that is an image. The names of the constants stand in saved workflows. */
public enum SampleForm {
    @Label(value = "Flat", description = "One row of numbers: 28 x 28 pixels become 784. Fits a Dense layer.")
    FLAT,
    @Label(value = "Image", description = "Height x width x channels: 28 x 28 pixels become 28 x 28 x 1.")
    IMAGE
}
