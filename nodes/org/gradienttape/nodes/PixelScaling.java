package org.gradienttape.nodes;

import org.knime.node.parameters.widget.choices.Label;

/** What happens to pixels when they reach the network. The names of the constants stand in saved workflows. */
public enum PixelScaling {
    @Label(value = "As stored", description = "Pixels stay numbers from 0 to 255.")
    AS_STORED,
    @Label(value = "Divide by 255", description = "Pixels become numbers from 0 to 1.")
    DIVIDE_BY_255,
    @Label(
            value = "From -1 to 1",
            description = "Pixels are divided by 127.5, and 1 is subtracted; for a generator that ends in tanh.")
    MINUS_ONE_TO_ONE
}
