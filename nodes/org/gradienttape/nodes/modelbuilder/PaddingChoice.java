package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.Padding;
import org.knime.node.parameters.widget.choices.Label;

/** What happens at an image's edges. The names of the constants stand in saved workflows. */
enum PaddingChoice {
    @Label(value = "Valid", description = "Windows lie within the image.")
    VALID,
    @Label(value = "Same", description = "Zeros around the image, so that stride 1 keeps its size.")
    SAME;

    Padding toConfig() {
        return Padding.valueOf(name());
    }
}
