package org.gradienttape.data;

/**
 * What happens to each stored number when it reaches a network: divided, then shifted. Pixels are stored as 0 to 255; this
 * is the one place that says what becomes of them.
 */
public enum Scaling {
    /** Nothing: pixels stay 0 to 255. */
    AS_STORED(1, 0, PixelRange.ZERO_TO_255),
    /** Divided by 255: pixels become 0 to 1. */
    DIVIDE_BY_255(255, 0, PixelRange.ZERO_TO_ONE),
    /** Divided by 127.5, less 1: pixels become -1 to 1, as the outputs of tanh. */
    MINUS_ONE_TO_ONE(127.5f, -1, PixelRange.MINUS_ONE_TO_ONE);

    private final float divisor;
    private final float shift;
    private final PixelRange range;

    Scaling(final float divisor, final float shift, final PixelRange range) {
        this.divisor = divisor;
        this.shift = shift;
        this.range = range;
    }

    /** What a stored number is divided by; 1 where it is not. */
    public float divisor() {
        return divisor;
    }

    /** What is added after the division; 0 where nothing is. */
    public float shift() {
        return shift;
    }

    /** What becomes of one stored number. */
    public float scaled(final float stored) {
        return this == AS_STORED ? stored : stored / divisor + shift;
    }

    /** What pixels of 0 to 255 become. */
    PixelRange range() {
        return range;
    }
}
