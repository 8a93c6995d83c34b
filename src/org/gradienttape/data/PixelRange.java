package org.gradienttape.data;

/** The numbers that stand for black and white. */
public enum PixelRange {
    ZERO_TO_255(0, 255, "0 to 255"),
    ZERO_TO_ONE(0, 1, "0 to 1"),
    MINUS_ONE_TO_ONE(-1, 1, "-1 to 1");

    private static final int LARGEST_BYTE = 255;

    private final double black;
    private final double white;
    private final String text;

    PixelRange(final double black, final double white, final String text) {
        this.black = black;
        this.white = white;
        this.text = text;
    }

    /** The smallest range that holds this one and a number; 0 to 255 also for what goes beyond it. */
    PixelRange with(final float number) {
        if (this == ZERO_TO_255 || number < -1 || number > 1) {
            return ZERO_TO_255;
        }
        return number < 0 ? MINUS_ONE_TO_ONE : this;
    }

    /** The nearest bytes, unsigned, in the order of the numbers; what lies outside becomes black or white. */
    public byte[] bytes(final float[] numbers) {
        final byte[] bytes = new byte[numbers.length];
        for (int i = 0; i < bytes.length; i++) {
            final long nearest = Math.round((numbers[i] - black) / (white - black) * LARGEST_BYTE);
            bytes[i] = (byte) Math.min(Math.max(nearest, 0), LARGEST_BYTE);
        }
        return bytes;
    }

    /** For example "0 to 1". */
    @Override
    public String toString() {
        return text;
    }
}
