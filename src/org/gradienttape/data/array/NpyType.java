package org.gradienttape.data.array;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one element of a NumPy array is stored.
 *
 * @param kind what it is
 * @param bytes its size
 * @param order of its bytes
 */
record NpyType(Kind kind, int bytes, ByteOrder order) {
    /** Little-endian, big-endian, or a type for which that makes no difference; then NumPy's letter and a size. */
    private static final Pattern NAME = Pattern.compile("([<>|])([a-zA-Z])(\\d{1,6})");

    private static final int BYTES_PER_CODE_POINT = 4;

    /** What an element is, with NumPy's letter for it and the sizes that it may have. */
    enum Kind {
        BOOLEAN('b', 1),
        SIGNED('i', 1, 2, 4, 8),
        UNSIGNED('u', 1, 2, 4, 8),
        FLOAT('f', 2, 4, 8),
        /** Texts of a fixed number of bytes. */
        BYTES('S'),
        /** Texts of a fixed number of code points, each of four bytes. */
        CODE_POINTS('U');

        private final char letter;
        private final int[] sizes;

        Kind(final char letter, final int... sizes) {
            this.letter = letter;
            this.sizes = sizes;
        }

        private boolean takes(final int size) {
            return isText() ? size > 0 : Arrays.stream(sizes).anyMatch(allowed -> allowed == size);
        }

        private boolean isText() {
            return this == BYTES || this == CODE_POINTS;
        }
    }

    /** The type with NumPy's name, for example {@code <f4}; empty for types that are not taken. */
    static Optional<NpyType> of(final String name) {
        final Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        final int size = Integer.parseInt(parts.group(3));
        final ByteOrder order = parts.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.letter == parts.group(2).charAt(0) && kind.takes(size))
                .map(kind -> new NpyType(kind, kind == Kind.CODE_POINTS ? size * BYTES_PER_CODE_POINT : size, order))
                .filter(type -> type.isSingleBytes() || !parts.group(1).equals("|"))
                .findFirst();
    }

    boolean isText() {
        return kind.isText();
    }

    boolean isWhole() {
        return kind == Kind.BOOLEAN || kind == Kind.SIGNED || kind == Kind.UNSIGNED;
    }

    /** Whether the stored bytes are numbers from 0 to 255 as they are. */
    boolean isUnsignedByte() {
        return kind == Kind.BOOLEAN || kind == Kind.UNSIGNED && bytes == 1;
    }

    /** The next element as a whole number; those of eight unsigned bytes from 2^63 on come out negative. */
    long whole(final ByteBuffer stored) {
        return switch (bytes) {
            case 1 -> kind == Kind.SIGNED ? stored.get() : Byte.toUnsignedLong(stored.get());
            case 2 -> kind == Kind.SIGNED ? stored.getShort() : Short.toUnsignedLong(stored.getShort());
            case 4 -> kind == Kind.SIGNED ? stored.getInt() : Integer.toUnsignedLong(stored.getInt());
            default -> stored.getLong();
        };
    }

    /** The next element as a number with a fraction. */
    double fractional(final ByteBuffer stored) {
        return switch (bytes) {
            case 2 -> half(stored.getShort());
            case 4 -> stored.getFloat();
            default -> stored.getDouble();
        };
    }

    /** The next element as a text, without the zeros that fill it up; empty if it is none. */
    Optional<String> text(final ByteBuffer stored) {
        if (kind == Kind.BYTES) {
            final byte[] text = new byte[bytes];
            stored.get(text);
            int end = bytes;
            while (end > 0 && text[end - 1] == 0) {
                end--;
            }
            final String read = new String(text, 0, end, StandardCharsets.UTF_8);
            return read.indexOf('\ufffd') < 0 ? Optional.of(read) : Optional.empty();
        }
        final StringBuilder text = new StringBuilder();
        boolean valid = true;
        for (int i = 0; i < bytes / BYTES_PER_CODE_POINT; i++) {
            final int codePoint = stored.getInt();
            valid &= Character.isValidCodePoint(codePoint);
            text.appendCodePoint(Character.isValidCodePoint(codePoint) ? codePoint : 0);
        }
        return valid ? Optional.of(text.toString().replaceAll("\0+$", "")) : Optional.empty();
    }

    private boolean isSingleBytes() {
        return bytes == 1 || kind == Kind.BYTES;
    }

    /** IEEE 754 half precision: a sign, five bits of exponent, ten bits of fraction. */
    private static double half(final short bits) {
        final int exponent = bits >> 10 & 0x1f;
        final int fraction = bits & 0x3ff;
        final double size;
        if (exponent == 0) {
            size = Math.scalb((double) fraction, -24);
        } else if (exponent == 0x1f) {
            size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            size = Math.scalb(1024.0 + fraction, exponent - 25);
        }
        return bits < 0 ? -size : size;
    }
}
