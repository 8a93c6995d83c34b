package org.gradienttape.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;

/** Takes the numbers out of a decoded image as they are stored; the JDK would change gray, which it takes for linear. */
final class StoredNumbers {
    private StoredNumbers() {}

    /**
     * The numbers of an image; transparency is left out.
     *
     * @param channels 1 for brightness, 3 for red, green and blue
     */
    static Picture of(final BufferedImage image, final int channels) {
        final ColorModel colors = image.getColorModel();
        final boolean gray =
                colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY && !(colors instanceof IndexColorModel);
        final boolean deep = colors.getComponentSize(0) == Short.SIZE;
        final Picture picture = new Picture(
                image.getHeight(),
                image.getWidth(),
                channels,
                deep ? Picture.WHITE_16 : Picture.WHITE_8,
                new char[Math.multiplyExact(image.getHeight(), image.getWidth() * channels)]);
        for (int y = 0; y < image.getHeight(); y++) {
            if (gray) {
                grayRow(image, y, picture);
            } else if (deep) {
                deepRow(image, y, picture);
            } else {
                colorRow(image, y, picture);
            }
        }
        return picture;
    }

    private static void grayRow(final BufferedImage image, final int y, final Picture picture) {
        final int[] stored =
                image.getRaster().getSamples(image.getMinX(), y, image.getWidth(), 1, 0, new int[image.getWidth()]);
        final int white = (1 << image.getColorModel().getComponentSize(0)) - 1;
        int at = y * stored.length * picture.channels();
        for (final int value : stored) {
            final char number =
                    (char) (white == picture.white() ? value : (value * picture.white() + white / 2) / white);
            for (int channel = 0; channel < picture.channels(); channel++) {
                picture.numbers()[at++] = number;
            }
        }
    }

    private static void colorRow(final BufferedImage image, final int y, final Picture picture) {
        final int width = image.getWidth();
        final int[] stored = image.getRGB(0, y, width, 1, new int[width], 0, width);
        for (int x = 0; x < width; x++) {
            put(picture, y * width + x, stored[x] >> 16 & 0xff, stored[x] >> 8 & 0xff, stored[x] & 0xff);
        }
    }

    private static void deepRow(final BufferedImage image, final int y, final Picture picture) {
        final int width = image.getWidth();
        final int bands = image.getRaster().getNumBands();
        final int[] stored = image.getRaster().getPixels(0, y, width, 1, new int[width * bands]);
        for (int x = 0; x < width; x++) {
            put(picture, y * width + x, stored[x * bands], stored[x * bands + 1], stored[x * bands + 2]);
        }
    }

    private static void put(final Picture picture, final int pixel, final int red, final int green, final int blue) {
        final char[] numbers = picture.numbers();
        if (picture.channels() == 1) {
            numbers[pixel] = (char) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
        } else {
            numbers[3 * pixel] = (char) red;
            numbers[3 * pixel + 1] = (char) green;
            numbers[3 * pixel + 2] = (char) blue;
        }
    }
}
