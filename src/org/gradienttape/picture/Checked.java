package org.gradienttape.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file whose structure is as its format asks.
 *
 * @param height in pixels, as the header declares it
 * @param width in pixels
 * @param traits what is known before it is decoded
 * @param decoder makes the pixels
 */
record Checked(int height, int width, Set<PictureTrait> traits, Decoder decoder) {
    /** Makes the pixels of a checked file. */
    @FunctionalInterface
    interface Decoder {
        BufferedImage decode() throws IOException;
    }

    /** The traits that apply. */
    static Set<PictureTrait> traits(final boolean turned, final boolean several, final boolean deep) {
        final Set<PictureTrait> traits = EnumSet.noneOf(PictureTrait.class);
        if (turned) {
            traits.add(PictureTrait.TURNED);
        }
        if (several) {
            traits.add(PictureTrait.FIRST_OF_SEVERAL);
        }
        if (deep) {
            traits.add(PictureTrait.DEEP);
        }
        return traits;
    }
}
