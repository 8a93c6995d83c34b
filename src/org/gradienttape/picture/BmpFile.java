package org.gradienttape.picture;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * A BMP file: 14 bytes, then a header that begins with its length, a palette, the rows of pixels. A color profile, which may
 * even be a link to a file elsewhere, is hidden from the decoder.
 */
final class BmpFile {
    private static final int HEADER = 14;
    private static final int OLD_HEADER_BYTES = 12;
    private static final int HEADER_BYTES = 40;
    /** From this length on, a header names a color space. */
    private static final int HEADER_BYTES_WITH_COLOR_SPACE = 108;

    private static final int COLOR_SPACE = HEADER + 56;
    private static final byte[] SRGB = {'B', 'G', 'R', 's'};

    private static final int UNCOMPRESSED = 0;
    private static final int RUN_LENGTH_8 = 1;
    private static final int RUN_LENGTH_4 = 2;
    private static final int BIT_FIELDS = 3;
    private static final int MOST_COLORS = 256;

    private BmpFile() {}

    static Checked check(final Bytes file) throws IOException {
        final long headerBytes = file.u4(HEADER, ByteOrder.LITTLE_ENDIAN);
        final boolean old = headerBytes == OLD_HEADER_BYTES;
        if (!old && headerBytes < HEADER_BYTES) {
            throw new IOException("its header has " + headerBytes + " bytes");
        }
        file.check(HEADER, headerBytes);
        final int width = old ? file.u2(HEADER + 4, ByteOrder.LITTLE_ENDIAN) : number(file, HEADER + 4);
        final int signedHeight = old ? file.u2(HEADER + 6, ByteOrder.LITTLE_ENDIAN) : number(file, HEADER + 8);
        final int bits = file.u2(HEADER + (old ? 10 : 14), ByteOrder.LITTLE_ENDIAN);
        final int compression = old ? UNCOMPRESSED : number(file, HEADER + 16);
        final int height = Math.abs(signedHeight);
        checkPixels(file, (width * (long) bits + 31) / 32 * 4 * height, compression);
        if (!old && file.u4(HEADER + 32, ByteOrder.LITTLE_ENDIAN) > MOST_COLORS && bits <= Byte.SIZE) {
            throw new IOException("its palette is too large");
        }
        final byte[] plain = file.array().clone();
        if (headerBytes >= HEADER_BYTES_WITH_COLOR_SPACE) {
            System.arraycopy(SRGB, 0, plain, COLOR_SPACE, SRGB.length);
        }
        return new Checked(height, width, Checked.traits(false, false, false), () -> JdkReader.BMP.read(plain));
    }

    private static void checkPixels(final Bytes file, final long bytes, final int compression) throws IOException {
        final long pixels = file.u4(10, ByteOrder.LITTLE_ENDIAN);
        if (compression == UNCOMPRESSED || compression == BIT_FIELDS) {
            file.check(pixels, bytes);
        } else if (compression == RUN_LENGTH_8 || compression == RUN_LENGTH_4) {
            file.check(pixels, 2);
        } else {
            throw new IOException("BMP files with compression " + compression + " are not read");
        }
    }

    private static int number(final Bytes file, final int at) throws IOException {
        return file.i4(at, ByteOrder.LITTLE_ENDIAN);
    }
}
