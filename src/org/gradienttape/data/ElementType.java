package org.gradienttape.data;

import java.nio.ByteBuffer;

/** How one number of a sample is stored. */
public enum ElementType {
    /** One byte, 0 to 255. */
    UINT8(1),
    /** Four bytes, IEEE 754 single precision, little-endian. */
    FLOAT32(4);

    private final int bytes;

    ElementType(final int bytes) {
        this.bytes = bytes;
    }

    /** The size of one number in bytes. */
    public int bytes() {
        return bytes;
    }

    /** The next number of a buffer of stored numbers. */
    public float next(final ByteBuffer stored) {
        return this == UINT8 ? Byte.toUnsignedInt(stored.get()) : stored.getFloat();
    }
}
