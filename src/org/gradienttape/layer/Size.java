package org.gradienttape.layer;

import org.gradienttape.error.InvalidInputException;

/**
 * Two numbers of pixels.
 *
 * @param height downwards, at least 1
 * @param width to the right, at least 1
 */
public record Size(int height, int width) {
    static final Size ONE = new Size(1, 1);

    public Size {
        if (height < 1 || width < 1) {
            throw new InvalidInputException(
                    "A size needs numbers of at least 1, but it is " + height + " x " + width + ".");
        }
    }
}
