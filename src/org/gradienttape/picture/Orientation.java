package org.gradienttape.picture;

import java.io.IOException;

/** The note of a camera how a picture is to be turned when it is shown, in the Exif data of a file. */
final class Orientation {
    private static final int UPRIGHT = 1;
    private static final int LAST = 8;

    private Orientation() {}

    /**
     * Whether the note says another position than upright. Damaged notes say nothing.
     *
     * @param at where the Exif data begin, which are a TIFF file without pixels
     * @param length how many bytes they have
     */
    static boolean isTurned(final Bytes file, final int at, final int length) {
        final byte[] exif = new byte[length];
        System.arraycopy(file.array(), at, exif, 0, length);
        try {
            return isTurned(TiffTags.of(new Bytes(exif)));
        } catch (final IOException damaged) {
            return false;
        }
    }

    static boolean isTurned(final TiffTags tags) {
        final long orientation = tags.number(TiffTags.ORIENTATION, UPRIGHT);
        return orientation > UPRIGHT && orientation <= LAST;
    }
}
