package org.gradienttape.hdf5;

import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteBuffer;
import java.util.List;
import org.gradienttape.error.InvalidInputException;

/**
 * An array of numbers of a file that is open.
 *
 * @param sizes from the outermost to the innermost; empty for one number
 * @param type of its numbers
 * @param bytes of its numbers, as the file holds them
 */
public record Hdf5Array(List<Long> sizes, Type type, ByteBuffer bytes) {
    public Hdf5Array {
        sizes = List.copyOf(sizes);
    }

    /** What numbers are. */
    public enum Type {
        FLOAT16,
        FLOAT32,
        /** Of another kind, such as whole numbers. */
        OTHER;

        static Type of(final DataType type) {
            if (!(type instanceof FloatingPoint number)) {
                return OTHER;
            }
            if (is(number, Float.BYTES, 8, 127)) {
                return FLOAT32;
            }
            return is(number, Short.BYTES, 5, 15) ? FLOAT16 : OTHER;
        }

        /** Whether a number is the sign, an exponent of so many bits, and the rest of the bytes, as IEEE 754 says. */
        private static boolean is(
                final FloatingPoint number, final int bytes, final int exponentBits, final int exponentBias) {
            final int mantissaBits = bytes * Byte.SIZE - 1 - exponentBits;
            return number.getSize() == bytes
                    && number.getBitOffset() == 0
                    && number.getBitPrecision() == bytes * Byte.SIZE
                    && number.getSignLocation() == bytes * Byte.SIZE - 1
                    && number.getExponentLocation() == mantissaBits
                    && number.getExponentSize() == exponentBits
                    && number.getMantissaLocation() == 0
                    && number.getMantissaSize() == mantissaBits
                    && number.getMantissaNormalization() == 2
                    && number.getExponentBias() == exponentBias;
        }
    }

    /**
     * Its numbers, row by row.
     *
     * @throws InvalidInputException if they are of another kind
     */
    public float[] floats() {
        final ByteBuffer rest = bytes.duplicate().order(bytes.order());
        switch (type) {
            case FLOAT32 -> {
                final float[] floats = new float[rest.remaining() / Float.BYTES];
                rest.asFloatBuffer().get(floats);
                return floats;
            }
            case FLOAT16 -> {
                final float[] floats = new float[rest.remaining() / Short.BYTES];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = FloatingPoint.toFloat(rest.getShort());
                }
                return floats;
            }
            default ->
                throw new InvalidInputException("float32 or float16 numbers were expected, but an array holds others.");
        }
    }
}
