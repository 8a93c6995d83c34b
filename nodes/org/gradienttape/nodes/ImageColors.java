package org.gradienttape.nodes;

import org.knime.node.parameters.widget.choices.Label;

/** What is kept of the colors of images. The names of the constants stand in saved workflows. */
public enum ImageColors {
    @Label(value = "Color", description = "Three channels: red, green, blue.")
    RGB,
    @Label(value = "Grayscale", description = "One channel of brightness.")
    GRAYSCALE
}
