package org.knime.core.data.image;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.io.IOException;
import java.io.OutputStream;
import org.knime.core.data.DataCell;

/** An image in some file format. */
public interface ImageContent {
    /** Draws the image, shrunk if it is larger than width x height pixels. */
    void paint(Graphics2D graphics, int width, int height);

    /** Width and height in pixels. */
    Dimension getPreferredSize();

    String getSummary();

    /** Writes the bytes of the image file; the stream stays open. */
    void save(OutputStream out) throws IOException;

    DataCell toImageCell();
}
