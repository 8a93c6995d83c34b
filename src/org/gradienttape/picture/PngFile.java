package org.gradienttape.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A PNG file: eight bytes, then chunks of a length in four bytes, a name in four, the content, and a checksum in four
 * (w3.org/TR/png-3).
 *
 * <p>The decoder sees only the chunks that make the pixels. All others, such as texts and color profiles, may be compressed
 * and unfold to any size when a decoder looks at them. Transparency is among those left out.
 */
final class PngFile {
    private static final int SIGNATURE_BYTES = 8;
    private static final int BYTES_AROUND_CONTENT = 12;
    private static final int HEADER_BYTES = 13;
    /** Deflate cannot do better than 1032 to 1 (zlib.net/zlib_tech.html). */
    private static final long BEST_COMPRESSION = 1032;

    private static final Set<String> OF_PIXELS = Set.of("IHDR", "PLTE", "IDAT", "IEND");

    private final Bytes file;
    private final ByteArrayOutputStream kept;
    private boolean turned;
    private boolean animated;
    private long codedBytes;

    private PngFile(final Bytes file) {
        this.file = file;
        this.kept = new ByteArrayOutputStream(file.length());
    }

    /** Checks that the file is whole and that every chunk has its checksum. */
    static Checked check(final Bytes file) throws IOException {
        file.check(0, SIGNATURE_BYTES + BYTES_AROUND_CONTENT + HEADER_BYTES);
        if (!file.startsWith(4, '\r', '\n', 0x1a, '\n') || !"IHDR".equals(file.name(SIGNATURE_BYTES + 4))) {
            throw new IOException("it does not start as PNG files do");
        }
        final PngFile png = new PngFile(file);
        png.readChunks();
        final int header = SIGNATURE_BYTES + 8;
        final boolean deep = file.u1(header + 8) == Short.SIZE;
        final int height = file.i4(header + 4, ByteOrder.BIG_ENDIAN);
        final int width = file.i4(header, ByteOrder.BIG_ENDIAN);
        return new Checked(
                height, width, Checked.traits(png.turned, png.animated, deep), () -> png.decode(height, width));
    }

    private BufferedImage decode(final int height, final int width) throws IOException {
        // One bit is the least that a pixel takes.
        if ((long) height * (width / Byte.SIZE) / BEST_COMPRESSION > codedBytes) {
            throw new IOException("its header declares " + height + " x " + width + " pixels, more than " + codedBytes
                    + " bytes can hold");
        }
        return JdkReader.PNG.read(kept.toByteArray());
    }

    private void readChunks() throws IOException {
        kept.write(file.array(), 0, SIGNATURE_BYTES);
        String name = "";
        for (int at = SIGNATURE_BYTES; !"IEND".equals(name); ) {
            final int length = file.i4(at, ByteOrder.BIG_ENDIAN);
            file.check(at, length + (long) BYTES_AROUND_CONTENT);
            name = file.name(at + 4);
            checkSum(at + 4, length + 4, name);
            if ("IHDR".equals(name) && at > SIGNATURE_BYTES) {
                throw new IOException("it has two headers");
            }
            if (OF_PIXELS.contains(name)) {
                kept.write(file.array(), at, length + BYTES_AROUND_CONTENT);
            }
            codedBytes += "IDAT".equals(name) ? length : 0;
            animated |= "acTL".equals(name);
            turned |= "eXIf".equals(name) && Orientation.isTurned(file, at + 8, length);
            at += length + BYTES_AROUND_CONTENT;
        }
    }

    private void checkSum(final int at, final int length, final String name) throws IOException {
        final CRC32 sum = new CRC32();
        sum.update(file.array(), at, length);
        if ((int) sum.getValue() != file.i4(at + length, ByteOrder.BIG_ENDIAN)) {
            throw new IOException("the checksum of its part " + name + " is wrong");
        }
    }
}
