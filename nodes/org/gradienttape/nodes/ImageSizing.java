package org.gradienttape.nodes;

import org.knime.node.parameters.widget.choices.Label;

/** The size of samples that are images. The names of the constants stand in saved workflows. */
public enum ImageSizing {
    @Label(value = "As stored", description = "All images must have the same size.")
    AS_STORED,
    @Label(
            value = "Scale",
            description = "Every image is scaled to the height and width below, bilinearly, without regard to its"
                    + " proportions, as Keras does.")
    SCALE
}
