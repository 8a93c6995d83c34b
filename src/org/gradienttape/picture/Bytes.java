package org.gradienttape.picture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a file; reading behind their end means that the file was cut off. */
final class Bytes {
    private final byte[] file;
    private final ByteBuffer littleEndian;
    private final ByteBuffer bigEndian;

    Bytes(final byte[] file) {
        this.file = file;
        this.littleEndian = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        this.bigEndian = ByteBuffer.wrap(file);
    }

    /** Not to be changed. */
    byte[] array() {
        return file;
    }

    int length() {
        return file.length;
    }

    boolean startsWith(final int at, final int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (file.length - at <= i || Byte.toUnsignedInt(file[at + i]) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** The name of a chunk. */
    String name(final int at) throws IOException {
        check(at, 4);
        return new String(file, at, 4, StandardCharsets.ISO_8859_1);
    }

    int u1(final long at) throws IOException {
        check(at, 1);
        return Byte.toUnsignedInt(file[(int) at]);
    }

    int u2(final long at, final ByteOrder order) throws IOException {
        check(at, 2);
        return Short.toUnsignedInt(in(order).getShort((int) at));
    }

    int i4(final long at, final ByteOrder order) throws IOException {
        check(at, 4);
        return in(order).getInt((int) at);
    }

    long u4(final long at, final ByteOrder order) throws IOException {
        return Integer.toUnsignedLong(i4(at, order));
    }

    /** @throws IOException if there are not so many bytes from here */
    void check(final long at, final long count) throws IOException {
        if (at < 0 || count < 0 || at + count > file.length) {
            throw new IOException("the file ends before the picture does");
        }
    }

    private ByteBuffer in(final ByteOrder order) {
        return order == ByteOrder.BIG_ENDIAN ? bigEndian : littleEndian;
    }
}
