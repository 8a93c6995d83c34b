package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;

/**
 * From the numbers of generated images to bytes.
 *
 * @param white the number that becomes the byte 255; 0 becomes 0
 */
record PixelScale(double white) {
    private static final int LARGEST_BYTE = 255;

    /** Generated images are like the real ones: bytes as stored go up to 255, all other data up to 1. */
    static PixelScale of(final DatasetInfo real) {
        return new PixelScale(
                real.scaling() == Scaling.AS_STORED && real.elementType() == ElementType.UINT8 ? LARGEST_BYTE : 1);
    }

    /** The nearest bytes, unsigned, in the order of the array; what lies outside becomes 0 or 255. */
    byte[] bytes(final NDArray image) {
        final float[] numbers = image.toFloatArray();
        final byte[] bytes = new byte[numbers.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.min(Math.max(Math.round(numbers[i] / white * LARGEST_BYTE), 0), LARGEST_BYTE);
        }
        return bytes;
    }
}
