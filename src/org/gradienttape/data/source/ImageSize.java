package org.gradienttape.data.source;

import org.gradienttape.error.InvalidInputException;

/**
 * The size of an image in pixels.
 *
 * @param height from 1 to 16,384
 * @param width from 1 to 16,384
 */
public record ImageSize(int height, int width) {
    private static final int LARGEST = 16_384;

    public ImageSize {
        if (height < 1 || width < 1 || height > LARGEST || width > LARGEST) {
            throw new InvalidInputException("The height and the width of an image must be from 1 to " + LARGEST
                    + " pixels, but they are " + height + " and " + width + ".");
        }
    }

    /** For sentences, for example "28 x 28 pixels". */
    @Override
    public String toString() {
        return height + " x " + width + " pixels";
    }
}
