package org.gradienttape.data;

/**
 * The pixels of an image.
 *
 * @param size in pixels
 * @param channels per pixel
 * @param pixels [height, width, channels], row-major, one unsigned byte per number
 */
record DecodedImage(ImageSize size, int channels, byte[] pixels) {
    /**
     * The same image in another size, by bilinear interpolation between the centres of pixels, without smoothing; the rule of
     * tf.image.resize, which Keras uses for image folders.
     */
    DecodedImage resized(final ImageSize target) {
        if (target.equals(size)) {
            return this;
        }
        final Axis rows = Axis.of(size.height(), target.height());
        final Axis columns = Axis.of(size.width(), target.width());
        final byte[] result = new byte[target.height() * target.width() * channels];
        int at = 0;
        for (int y = 0; y < target.height(); y++) {
            final int upper = rows.before[y] * size.width();
            final int lower = rows.after[y] * size.width();
            for (int x = 0; x < target.width(); x++) {
                for (int channel = 0; channel < channels; channel++) {
                    final float above = mix(upper, columns, x, channel);
                    final float below = mix(lower, columns, x, channel);
                    result[at++] = (byte) Math.round(above + (below - above) * rows.share[y]);
                }
            }
        }
        return new DecodedImage(target, channels, result);
    }

    private float mix(final int row, final Axis columns, final int x, final int channel) {
        final int left = Byte.toUnsignedInt(pixels[(row + columns.before[x]) * channels + channel]);
        final int right = Byte.toUnsignedInt(pixels[(row + columns.after[x]) * channels + channel]);
        return left + (right - left) * columns.share[x];
    }

    /** For each place along one side of the new image: the two old places it lies between, and how far from the first. */
    private record Axis(int[] before, int[] after, float[] share) {
        static Axis of(final int old, final int now) {
            final Axis axis = new Axis(new int[now], new int[now], new float[now]);
            final float scale = (float) old / now;
            for (int i = 0; i < now; i++) {
                final float place = (i + 0.5f) * scale - 0.5f;
                final int floor = (int) Math.floor(place);
                axis.before[i] = Math.max(floor, 0);
                axis.after[i] = Math.min(floor + 1, old - 1);
                axis.share[i] = place - floor;
            }
            return axis;
        }
    }
}
