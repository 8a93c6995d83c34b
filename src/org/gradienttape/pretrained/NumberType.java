package org.gradienttape.pretrained;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The numbers of a safetensors file that can become ours, by their names there. */
enum NumberType {
    F32(Float.BYTES) {
        @Override
        float next(final ByteBuffer numbers) {
            return numbers.getFloat();
        }
    },
    /** The upper half of a float. */
    BF16(Short.BYTES) {
        @Override
        float next(final ByteBuffer numbers) {
            return Float.intBitsToFloat(numbers.getShort() << Short.SIZE);
        }
    },
    /** IEEE 754's binary16: sign, 5 bits of the exponent, 10 of the mantissa. Each of them is a float. */
    F16(Short.BYTES) {
        @Override
        float next(final ByteBuffer numbers) {
            final short half = numbers.getShort();
            final int exponent = half >> 10 & 0x1f;
            final int mantissa = half & 0x3ff;
            final float size;
            if (exponent == 0) {
                size = mantissa * 0x1p-24f;
            } else if (exponent == 0x1f) {
                size = mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            } else {
                size = (0x400 + mantissa) * (float) Math.scalb(1.0, exponent - 25);
            }
            return half < 0 ? -size : size;
        }
    },
    /** Rounded to the nearest float. */
    F64(Double.BYTES) {
        @Override
        float next(final ByteBuffer numbers) {
            return (float) numbers.getDouble();
        }
    };

    private final int bytes;

    NumberType(final int bytes) {
        this.bytes = bytes;
    }

    static Optional<NumberType> of(final String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** For a sentence. */
    static String names() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    /** Of one number. */
    int bytes() {
        return bytes;
    }

    /** The number at the position of the bytes, which goes on behind it. */
    abstract float next(ByteBuffer numbers);
}
