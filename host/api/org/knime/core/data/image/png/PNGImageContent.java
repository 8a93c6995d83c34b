package org.knime.core.data.image.png;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.image.ImageContent;

/** A PNG image, kept as the bytes of its file. */
public class PNGImageContent implements ImageContent {
    public static final DataType TYPE = DataType.getType(PNGImageCell.class);

    private final byte[] bytes;
    private final Dimension size;

    /**
     * @param bytes of the file; not copied
     * @throws IllegalArgumentException if they are no image
     */
    public PNGImageContent(final byte[] bytes) {
        this.bytes = bytes;
        final BufferedImage image = decode();
        size = new Dimension(image.getWidth(), image.getHeight());
    }

    /** Reads the stream to its end and leaves it open. */
    public PNGImageContent(final InputStream in) throws IOException {
        this(in.readAllBytes());
    }

    public byte[] getByteArray() {
        return bytes.clone();
    }

    /** The bytes of the file themselves, not to be changed. */
    public byte[] getByteArrayReference() {
        return bytes;
    }

    @Override
    public void paint(final Graphics2D graphics, final int width, final int height) {
        final double scale = Math.min(1, Math.min(width / (double) size.width, height / (double) size.height));
        graphics.drawImage(decode(), 0, 0, (int) (size.width * scale), (int) (size.height * scale), null);
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(size);
    }

    @Override
    public String getSummary() {
        final String amount = bytes.length < 1000 ? bytes.length + " B" : bytes.length / 1024 + " KB";
        return "PNG Image " + size.width + " x " + size.height + " with " + amount;
    }

    @Override
    public void save(final OutputStream out) throws IOException {
        out.write(bytes);
    }

    @Override
    public DataCell toImageCell() {
        return new PNGImageCell(this);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof PNGImageContent content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    private BufferedImage decode() {
        try {
            final BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
            if (image == null) {
                throw new IllegalArgumentException(
                        "Expected the bytes of a PNG image, found " + bytes.length + " bytes that are no image.");
            }
            return image;
        } catch (final IOException e) {
            throw new IllegalArgumentException("Expected a PNG image, found one that is damaged: " + e.getMessage(), e);
        }
    }
}
