package org.gradienttape.layer;

import org.gradienttape.error.InvalidInputException;

/** Lines of pixels at the four edges of an image, each at least 0. */
public record Edges(int top, int bottom, int left, int right) {
    public Edges {
        if (top < 0 || bottom < 0 || left < 0 || right < 0) {
            throw new InvalidInputException("Edges need numbers of at least 0, but top, bottom, left and right are "
                    + top + ", " + bottom + ", " + left + " and " + right + ".");
        }
    }
}
