package org.gradienttape.host.table;

import java.io.IOException;

/**
 * A class of cells that a saved table names.
 *
 * @param apart whether its cells lie beside the rows, each in a file of its own, with their addresses in the rows
 */
record SavedClass(CellFormat format, boolean apart) {
    /** KNIME's images of 40 KiB and more; read, they are images like any other. */
    private static final String LARGE_PNG = "org.knime.core.data.image.png.PNGImageBlobCell";

    static SavedClass of(final String className) throws IOException {
        return className.equals(LARGE_PNG)
                ? new SavedClass(CellFormat.PNG, true)
                : new SavedClass(CellFormat.of(className), false);
    }
}
