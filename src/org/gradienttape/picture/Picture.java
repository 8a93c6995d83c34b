package org.gradienttape.picture;

/**
 * The pixels of a picture as numbers.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels per pixel
 * @param white the largest number that the file can hold: 255, or 65,535 if its numbers have 16 bits
 * @param numbers [height, width, channels], row-major
 */
public record Picture(int height, int width, int channels, int white, char[] numbers) {
    /** The largest number of a picture whose numbers have 8 bits. */
    public static final int WHITE_8 = 255;
    /** The largest number of a picture whose numbers have 16 bits. */
    public static final int WHITE_16 = 65_535;

    /**
     * The same picture in another size, by bilinear interpolation between the centres of pixels, without smoothing; the rule of
     * tf.image.resize, which Keras uses for image folders.
     */
    public Picture resized(final int newHeight, final int newWidth) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        final Axis rows = Axis.of(height, newHeight);
        final Axis columns = Axis.of(width, newWidth);
        final char[] result = new char[Math.multiplyExact(newHeight, newWidth * channels)];
        int at = 0;
        for (int y = 0; y < newHeight; y++) {
            final int upper = rows.before[y] * width;
            final int lower = rows.after[y] * width;
            for (int x = 0; x < newWidth; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    final float above = mix(upper, columns, x, channel);
                    final float below = mix(lower, columns, x, channel);
                    result[at++] = (char) Math.round(above + (below - above) * rows.share[y]);
                }
            }
        }
        return new Picture(newHeight, newWidth, channels, white, result);
    }

    /** One number from 0 to 255, rounded if it has 16 bits. */
    public byte rounded(final int index) {
        return (byte) (white == WHITE_8 ? numbers[index] : (numbers[index] * WHITE_8 + WHITE_16 / 2) / WHITE_16);
    }

    /** One number from 0 to 255, with a fraction if it has 16 bits; no two numbers of 16 bits become the same. */
    public float exact(final int index) {
        return white == WHITE_8 ? numbers[index] : numbers[index] / (float) (WHITE_16 / WHITE_8);
    }

    private float mix(final int row, final Axis columns, final int x, final int channel) {
        final int left = numbers[(row + columns.before[x]) * channels + channel];
        final int right = numbers[(row + columns.after[x]) * channels + channel];
        return left + (right - left) * columns.share[x];
    }

    /** For each place along one side of the new picture: the two old places it lies between, and how far from the first. */
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
