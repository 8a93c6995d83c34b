package org.gradienttape.image;

import java.awt.image.BufferedImage;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;

/** Turns samples into PNG images: height x width x channels, with 1 channel (grey) or 3 (red, green, blue). */
public final class SampleImage {
    private SampleImage() {}

    /**
     * One sample.
     *
     * @param shape height x width x channels
     * @param pixels row-major, one unsigned byte per number
     * @throws InvalidInputException if the shape is not that of an image
     */
    public static byte[] png(final Shape shape, final byte[] pixels) {
        return ImageFormat.png(image(shape, pixels));
    }

    /**
     * One sample, made smaller by a whole factor if it is too large; each pixel is the mean of the square it stands for.
     *
     * @param shape height x width x channels
     * @param pixels row-major, one unsigned byte per number
     * @param longest side that the result may have in pixels, at least 1
     */
    public static byte[] thumbnail(final Shape shape, final byte[] pixels, final int longest) {
        final int larger = Math.max(shape.dimension(0), shape.dimension(1));
        final int factor = Math.min((larger + longest - 1) / longest, Math.min(shape.dimension(0), shape.dimension(1)));
        if (factor <= 1) {
            return png(shape, pixels);
        }
        final Shape small = Shape.of(shape.dimension(0) / factor, shape.dimension(1) / factor, shape.last());
        final byte[] means = new byte[small.size()];
        for (int i = 0; i < means.length; i++) {
            final int channel = i % small.last();
            final int column = i / small.last() % small.dimension(1);
            final int row = i / small.last() / small.dimension(1);
            int sum = 0;
            for (int k = 0; k < factor * factor; k++) {
                final int at = (row * factor + k / factor) * shape.dimension(1) + column * factor + k % factor;
                sum += Byte.toUnsignedInt(pixels[at * shape.last() + channel]);
            }
            means[i] = (byte) (sum / (factor * factor));
        }
        return png(small, means);
    }

    /**
     * Several samples in one image: a grid that is as wide as high, or one column wider.
     *
     * @param shape of each
     * @param samples at least 1
     */
    public static byte[] grid(final Shape shape, final List<byte[]> samples) {
        final int columns = (int) Math.ceil(Math.sqrt(samples.size()));
        final ContactSheet sheet =
                new ContactSheet(ContactSheet.Grid.of(samples.size(), columns, shape.dimension(1), shape.dimension(0)));
        samples.forEach(pixels -> sheet.add(image(shape, pixels)));
        return sheet.png();
    }

    private static BufferedImage image(final Shape shape, final byte[] pixels) {
        if (shape.rank() != 3 || (shape.last() != 1 && shape.last() != 3)) {
            throw new InvalidInputException("An image is height x width x channels with 1 or 3 channels, but the sample"
                    + " has the shape " + shape + "; read the data with the sample shape image.");
        }
        final int height = shape.dimension(0);
        final int width = shape.dimension(1);
        if (shape.last() == 1) {
            final BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            grey.getRaster().setDataElements(0, 0, width, height, pixels);
            return grey;
        }
        final BufferedImage color = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            color.setRGB(i % width, i / width, rgb(pixels, 3 * i));
        }
        return color;
    }

    private static int rgb(final byte[] pixels, final int at) {
        return Byte.toUnsignedInt(pixels[at]) << 16
                | Byte.toUnsignedInt(pixels[at + 1]) << 8
                | Byte.toUnsignedInt(pixels[at + 2]);
    }
}
