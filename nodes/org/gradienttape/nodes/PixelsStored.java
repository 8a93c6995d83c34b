package org.gradienttape.nodes;

import org.knime.node.parameters.widget.choices.Label;

/** How the pixels of an image are stored. The names of the constants stand in saved workflows. */
public enum PixelsStored {
    @Label(value = "Row by row", description = "The first row, then the second, as nearly all files have them.")
    ROW_BY_ROW,
    @Label(
            value = "Column by column",
            description = "The first column, then the second, as EMNIST and MATLAB have them. The images are turned"
                    + " when they are read; as they are, they would lie on their side.")
    COLUMN_BY_COLUMN
}
