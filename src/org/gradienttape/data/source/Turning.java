package org.gradienttape.data.source;

import java.util.Arrays;
import java.util.List;

/**
 * Puts the pixels of images that are stored column by column in the order row by row.
 *
 * @param height of the image
 * @param width of the image
 * @param bytesPerPixel of all channels together
 */
public record Turning(int height, int width, int bytesPerPixel) {
    /** @param sizes of the image: height, width and perhaps channels */
    public static Turning of(final List<Integer> sizes, final int bytesPerNumber) {
        return new Turning(sizes.get(0), sizes.get(1), bytesPerNumber * (sizes.size() == 3 ? sizes.get(2) : 1));
    }

    int bytes() {
        return height * width * bytesPerPixel;
    }

    /** Another array with the pixels row by row. */
    byte[] turn(final byte[] columns) {
        final byte[] rows = Arrays.copyOf(columns, columns.length);
        int to = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                System.arraycopy(columns, (x * height + y) * bytesPerPixel, rows, to, bytesPerPixel);
                to += bytesPerPixel;
            }
        }
        return rows;
    }
}
