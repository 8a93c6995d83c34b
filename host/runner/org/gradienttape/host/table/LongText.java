package org.gradienttape.host.table;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Texts as {@link DataOutputStream#writeUTF} writes them, up to 65,534 bytes; longer ones follow the length mark 0xFFFF
 * and their length as a long.
 */
final class LongText {
    private static final int LONG = 0xFFFF;

    private LongText() {}

    static void write(final String text, final DataOutputStream out) throws IOException {
        final byte[] bytes = encode(text);
        if (bytes.length < LONG) {
            out.writeShort(bytes.length);
        } else {
            out.writeShort(LONG);
            out.writeLong(bytes.length);
        }
        out.write(bytes);
    }

    static String read(final DataInputStream in) throws IOException {
        final int shortLength = in.readUnsignedShort();
        final long length = shortLength == LONG ? in.readLong() : shortLength;
        final StringBuilder text = new StringBuilder();
        long count = 0;
        while (count < length) {
            final int first = in.readUnsignedByte();
            if (first < 0x80) {
                text.append((char) first);
                count += 1;
            } else if (first >> 5 == 0b110) {
                text.append((char) ((first & 0x1f) << 6 | continuation(in)));
                count += 2;
            } else if (first >> 4 == 0b1110) {
                text.append((char) ((first & 0x0f) << 12 | continuation(in) << 6 | continuation(in)));
                count += 3;
            } else {
                throw new IOException("expected a text, found the byte " + first);
            }
        }
        return text.toString();
    }

    private static int continuation(final DataInputStream in) throws IOException {
        final int value = in.readUnsignedByte();
        if (value >> 6 != 0b10) {
            throw new IOException("expected the next byte of a character, found the byte " + value);
        }
        return value & 0x3f;
    }

    /** Java's modified UTF-8: two bytes for the null character, three for each half of a surrogate pair. */
    private static byte[] encode(final String text) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c > 0 && c < 0x80) {
                bytes.write(c);
            } else if (c < 0x800) {
                bytes.write(0xc0 | c >> 6);
                bytes.write(0x80 | c & 0x3f);
            } else {
                bytes.write(0xe0 | c >> 12);
                bytes.write(0x80 | c >> 6 & 0x3f);
                bytes.write(0x80 | c & 0x3f);
            }
        }
        return bytes.toByteArray();
    }
}
