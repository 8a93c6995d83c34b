package org.gradienttape.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The chunks of a PNG file that make its pixels. All others, such as texts and colour profiles, may be compressed and unfold
 * to any size when a decoder looks at them; they are left out before it does.
 *
 * <p>The format: eight bytes, then chunks of a length in four bytes, a name in four, the content, and a checksum in four
 * (w3.org/TR/png-3).
 */
final class PngChunks {
    private static final int SIGNATURE_BYTES = 8;
    private static final int BYTES_AROUND_CONTENT = 12;
    private static final Set<String> OF_PIXELS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    private PngChunks() {}

    /** The same file without the other chunks; cut off where a chunk is longer than the file. */
    static byte[] ofPixels(final byte[] png) {
        final ByteArrayOutputStream kept = new ByteArrayOutputStream(png.length);
        kept.write(png, 0, Math.min(png.length, SIGNATURE_BYTES));
        int at = SIGNATURE_BYTES;
        while (png.length - at >= BYTES_AROUND_CONTENT) {
            final int length = ByteBuffer.wrap(png).getInt(at);
            final boolean whole = length >= 0 && length <= png.length - at - BYTES_AROUND_CONTENT;
            final int end = whole ? at + length + BYTES_AROUND_CONTENT : png.length;
            if (OF_PIXELS.contains(new String(png, at + 4, 4, StandardCharsets.ISO_8859_1))) {
                kept.write(png, at, end - at);
            }
            at = end;
        }
        return kept.toByteArray();
    }
}
