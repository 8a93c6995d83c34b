package org.gradienttape.data.source;

import java.util.Optional;

/**
 * What becomes of each image.
 *
 * @param colors what is kept of its colors
 * @param size to which it is scaled, without regard to its proportions; empty to keep the size, which must then be the same
 *     for all images
 */
public record ImageForm(Colors colors, Optional<ImageSize> size) {
    /** What is kept of the colors of an image. */
    public enum Colors {
        /** One channel of brightness: 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601). */
        GRAYSCALE(1),
        /** Three channels: red, green, blue. */
        RGB(3);

        private final int channels;

        Colors(final int channels) {
            this.channels = channels;
        }

        public int channels() {
            return channels;
        }
    }
}
