package org.gradienttape.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.gradienttape.error.InvalidInputException;

/** The format of an image file. */
public enum ImageFormat {
    /** The PNG as it is. */
    PNG("png"),
    /** Encoded again, with a loss that the eye hardly sees; what is transparent becomes white. */
    JPEG("jpg", "jpeg");

    private static final float JPEG_QUALITY = 0.95f;

    private final List<String> endings;

    ImageFormat(final String... endings) {
        this.endings = List.of(endings);
    }

    /**
     * The name with an ending of this format: one that fits stays, one of another format is replaced, otherwise it is
     * added.
     */
    public String fileName(final String name) {
        final int dot = name.lastIndexOf('.');
        final String ending = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        if (dot >= 0 && endings.contains(ending)) {
            return name;
        }
        final boolean other =
                dot >= 0 && List.of(values()).stream().anyMatch(format -> format.endings.contains(ending));
        return (other ? name.substring(0, dot) : name) + "." + endings.get(0);
    }

    /**
     * The bytes of a file of this format.
     *
     * @param png the image as a PNG file
     * @throws InvalidInputException if that is no image
     */
    public byte[] encode(final byte[] png) {
        return switch (this) {
            case PNG -> png;
            case JPEG -> jpeg(read(png));
        };
    }

    /**
     * The pixels of a PNG file.
     *
     * @throws InvalidInputException if it is none
     */
    static BufferedImage read(final byte[] png) {
        try {
            final BufferedImage image = ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(png)));
            if (image == null) {
                throw new InvalidInputException("An image must be a PNG, but " + png.length
                        + " bytes are something else; choose another column.");
            }
            return image;
        } catch (final IOException damaged) {
            throw new InvalidInputException(
                    "An image must be a PNG, but one is damaged (" + damaged.getMessage() + "); make it again.",
                    damaged);
        }
    }

    /** The PNG file of these pixels. */
    static byte[] png(final BufferedImage image) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] jpeg(final BufferedImage image) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            final ImageWriteParam quality = writer.getDefaultWriteParam();
            quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            quality.setCompressionQuality(JPEG_QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(opaque(image), null, null), quality);
        } catch (final IOException refused) {
            throw new InvalidInputException(
                    "An image could not be written as JPEG (" + refused.getMessage() + "); choose PNG.", refused);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage opaque(final BufferedImage image) {
        final BufferedImage opaque = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        final Graphics2D g = opaque.createGraphics();
        g.drawImage(image, 0, 0, Color.WHITE, null);
        g.dispose();
        return opaque;
    }
}
