package org.gradienttape.picture;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/**
 * Colors of printers as Adobe's programs store them in JPEG files: how much of each ink is missing, from 0 to 255. They become
 * red, green and blue without a color profile, by the rule of Pillow and TensorFlow.
 */
final class Ink {
    private static final int WHITE = 255;
    private static final int HALF = 1 << 15;

    private Ink() {}

    /**
     * Four numbers per pixel become red, green and blue.
     *
     * @param ycck whether the first three are brightness and two differences from it, as in most JPEG files
     */
    static BufferedImage rgb(final Raster stored, final boolean ycck) {
        final int width = stored.getWidth();
        final BufferedImage image = new BufferedImage(width, stored.getHeight(), BufferedImage.TYPE_INT_RGB);
        final int[] pixels = new int[4 * width];
        final int[] colors = new int[width];
        for (int y = 0; y < stored.getHeight(); y++) {
            stored.getPixels(0, y, width, 1, pixels);
            for (int x = 0; x < width; x++) {
                if (ycck) {
                    missingInk(pixels, 4 * x);
                }
                colors[x] = rgb(pixels, 4 * x);
            }
            image.setRGB(0, y, width, 1, colors, 0, width);
        }
        return image;
    }

    private static int rgb(final int[] missing, final int at) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
            rgb = rgb << 8 | (missing[at + channel] * missing[at + 3] + WHITE / 2) / WHITE;
        }
        return rgb;
    }

    /** The matrix of JFIF 1.02 in 16 fractional bits, rounded as libjpeg rounds; its result is ink, so it is turned around. */
    private static void missingInk(final int[] pixels, final int at) {
        final int brightness = pixels[at];
        final int blueness = pixels[at + 1] - 128;
        final int redness = pixels[at + 2] - 128;
        pixels[at] = WHITE - limit(brightness + (91_881 * redness + HALF >> 16));
        pixels[at + 1] = WHITE - limit(brightness + (-22_554 * blueness - 46_802 * redness + HALF >> 16));
        pixels[at + 2] = WHITE - limit(brightness + (116_130 * blueness + HALF >> 16));
    }

    private static int limit(final int number) {
        return Math.max(0, Math.min(WHITE, number));
    }
}
