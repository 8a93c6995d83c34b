package org.gradienttape.host.batch;

import java.io.IOException;
import org.knime.core.data.DataCell;
import org.knime.core.data.image.png.PNGImageValue;

/** Takes the PNG file out of an image cell. */
final class PngCells {

    private PngCells() {}

    static byte[] bytes(final DataCell cell) throws IOException {
        if (cell instanceof PNGImageValue image) {
            return image.getImageContent().getByteArray();
        }
        throw new IOException("An image of the type " + cell.getType() + " cannot be written as PNG.");
    }
}
