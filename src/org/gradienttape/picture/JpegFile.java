package org.gradienttape.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A JPEG file (ITU-T T.81): segments, each behind a marker, and the coded pixels behind the marker SOS. The decoder sees only
 * the segments that make the pixels, and a note which colors they are, found by the rules of libjpeg; color profiles are left
 * out.
 */
final class JpegFile {
    private static final int MARKER = 0xff;
    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int FIRST_RESTART = 0xd0;
    private static final int LAST_RESTART = 0xd7;
    private static final int SCAN = 0xda;
    private static final int JFIF = 0xe0;
    private static final int EXIF = 0xe1;
    private static final int ADOBE = 0xee;
    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int ARITHMETIC_CONDITIONS = 0xcc;
    private static final int JPEG_EXTENSION = 0xc8;
    private static final int FIRST_FRAME = 0xc0;
    private static final int PROGRESSIVE = 0xc2;
    private static final int LAST_FRAME = 0xcf;
    /** Huffman tables, quantization tables, restart interval. */
    private static final Set<Integer> TABLES = Set.of(HUFFMAN_TABLES, 0xdb, 0xdd);
    /** Many more than any encoder writes; each costs as much as a whole picture. */
    private static final int MOST_SCANS = 500;
    /** What decoders say of bytes that are too much; the pixels are whole. */
    private static final List<String> HARMLESS = List.of("extraneous bytes", "Invalid SOS parameters");

    /** The colors that Adobe's segment tells apart: as stored (RGB or CMYK), YCbCr, YCCK. */
    private enum Transform {
        NONE,
        YCBCR,
        YCCK
    }

    private final Bytes file;
    private final ByteArrayOutputStream kept;
    private int frame = -1;
    private int scans;
    private boolean jfif;
    private int adobe = -1;
    private boolean turned;

    private JpegFile(final Bytes file) {
        this.file = file;
        this.kept = new ByteArrayOutputStream(file.length());
    }

    static Checked check(final Bytes file) throws IOException {
        final JpegFile jpeg = new JpegFile(file);
        jpeg.readSegments();
        if (jpeg.scans == 0) {
            throw new IOException("it has no picture");
        }
        if (file.u1(jpeg.frame + 9) == 4 && jpeg.adobe < 0) {
            throw new IOException("it has colors of a printer without Adobe's note how they are stored");
        }
        return new Checked(
                file.u2(jpeg.frame + 5, ByteOrder.BIG_ENDIAN),
                file.u2(jpeg.frame + 7, ByteOrder.BIG_ENDIAN),
                Checked.traits(jpeg.turned, false, false),
                jpeg::decode);
    }

    private void readSegments() throws IOException {
        int at = 2;
        for (int marker = marker(at); marker != END; marker = marker(at)) {
            at = behindFiller(at);
            final int behind = at + 2 + file.u2(at + 2, ByteOrder.BIG_ENDIAN);
            file.check(at, behind - at);
            readSegment(marker, at, behind);
            at = marker == SCAN ? behindScan(at, behind) : behind;
        }
    }

    private void readSegment(final int marker, final int at, final int behind) throws IOException {
        if (TABLES.contains(marker)) {
            kept.write(file.array(), at, behind - at);
        } else if (marker == JFIF && file.startsWith(at + 4, 'J', 'F', 'I', 'F', 0)) {
            jfif = true;
        } else if (marker == ADOBE && behind - at >= 16 && file.startsWith(at + 4, 'A', 'd', 'o', 'b', 'e')) {
            adobe = file.u1(at + 15);
        } else if (marker == EXIF && file.startsWith(at + 4, 'E', 'x', 'i', 'f', 0, 0)) {
            turned |= Orientation.isTurned(file, at + 10, behind - at - 10);
        } else if (marker >= FIRST_FRAME && marker <= LAST_FRAME && marker != JPEG_EXTENSION) {
            readFrame(marker, at, behind);
        }
    }

    private void readFrame(final int marker, final int at, final int behind) throws IOException {
        if (marker > PROGRESSIVE || marker == ARITHMETIC_CONDITIONS) {
            throw new IOException("it is a JPEG of a rare kind, lossless or with arithmetic coding, which is not read");
        }
        if (frame >= 0) {
            throw new IOException("it has two pictures in one");
        }
        if (file.u1(at + 4) != Byte.SIZE) {
            throw new IOException("it has " + file.u1(at + 4) + " bits per number; of JPEG files, only 8 are read");
        }
        final int components = file.u1(at + 9);
        if (components != 1 && components != 3 && components != 4 || behind - at != 10 + 3 * components) {
            throw new IOException("it has " + components + " numbers per pixel");
        }
        frame = at;
        kept.write(file.array(), at, behind - at);
    }

    /** Keeps a scan; it goes on to the next marker that neither is a restart nor stands for the byte 255. */
    private int behindScan(final int at, final int start) throws IOException {
        scans++;
        if (frame < 0 || scans > MOST_SCANS) {
            throw new IOException(frame < 0 ? "it has no header" : "it has more than " + MOST_SCANS + " scans");
        }
        int end = start;
        while (file.u1(end) != MARKER || isCoded(file.u1(end + 1))) {
            end++;
        }
        kept.write(file.array(), at, end - at);
        return end;
    }

    private static boolean isCoded(final int behindMarker) {
        return behindMarker == 0
                || behindMarker == MARKER
                || behindMarker >= FIRST_RESTART && behindMarker <= LAST_RESTART;
    }

    /** The marker at or behind a place; bytes before it are skipped, as all decoders do. */
    private int marker(final int at) throws IOException {
        return file.u1(behindFiller(at) + 1);
    }

    private int behindFiller(final int start) throws IOException {
        int at = start;
        while (file.u1(at) != MARKER || file.u1(at + 1) == 0 || file.u1(at + 1) == MARKER) {
            at++;
        }
        return at;
    }

    /** By the rules of libjpeg (default_decompress_parms). */
    private Transform transform(final int components) throws IOException {
        if (components == 4) {
            return adobe == 0 ? Transform.NONE : Transform.YCCK;
        }
        if (!jfif && adobe >= 0) {
            return adobe == 0 ? Transform.NONE : Transform.YCBCR;
        }
        final boolean namedRgb = file.u1(frame + 10) == 'R' && file.u1(frame + 13) == 'G' && file.u1(frame + 16) == 'B';
        return !jfif && namedRgb ? Transform.NONE : Transform.YCBCR;
    }

    private BufferedImage decode() throws IOException {
        final int components = file.u1(frame + 9);
        final List<String> warnings = new ArrayList<>();
        final BufferedImage image = components == 4
                ? Ink.rgb(JdkReader.JPEG.readRaster(plain(transform(4)), warnings), transform(4) == Transform.YCCK)
                : JdkReader.JPEG.read(plain(components == 3 ? transform(3) : Transform.NONE), warnings);
        for (final String warning : warnings) {
            if (HARMLESS.stream().noneMatch(warning::contains)) {
                throw new IOException(warning);
            }
        }
        return image;
    }

    /** The file that the decoder sees. */
    private byte[] plain(final Transform transform) {
        final ByteBuffer plain = ByteBuffer.allocate(kept.size() + 20);
        plain.put((byte) MARKER).put((byte) START);
        plain.put((byte) MARKER).put((byte) ADOBE).putShort((short) 14);
        plain.put(new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform.ordinal()});
        plain.put(kept.toByteArray());
        plain.put((byte) MARKER).put((byte) END);
        return plain.array();
    }
}
