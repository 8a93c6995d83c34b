package org.gradienttape.picture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * The whole numbers that describe the first picture of a TIFF file, by tag (TIFF 6.0, Adobe 1992, pages 13 to 16). Exif data
 * have the same form.
 */
final class TiffTags {
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int STRIP_OFFSETS = 273;
    static final int ORIENTATION = 274;
    static final int SAMPLES_PER_PIXEL = 277;
    static final int STRIP_BYTES = 279;
    static final int PREDICTOR = 317;
    static final int PALETTE = 320;
    static final int TILE_WIDTH = 322;
    static final int TILE_HEIGHT = 323;
    static final int TILE_OFFSETS = 324;
    static final int TILE_BYTES = 325;
    static final int SAMPLE_FORMAT = 339;
    static final int COLOR_PROFILE = 34_675;

    private static final int UNKNOWN = 65_000;
    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 12;
    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final long[] NONE = {};

    private final Map<Integer, long[]> numbers = new HashMap<>();
    private final Map<Integer, Integer> places = new HashMap<>();
    private final ByteOrder order;
    private boolean hasMore;

    private TiffTags(final ByteOrder order) {
        this.order = order;
    }

    /** @throws IOException if the file ends before its numbers do */
    static TiffTags of(final Bytes file) throws IOException {
        final TiffTags tags =
                new TiffTags(file.startsWith(0, 'M', 'M') ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        file.check(0, HEADER_BYTES);
        tags.read(file, file.u4(4, tags.order));
        return tags;
    }

    /** All numbers of a tag; none if the file has no such tag. */
    long[] all(final int tag) {
        return numbers.getOrDefault(tag, NONE);
    }

    /** The first number of a tag. */
    long number(final int tag, final long otherwise) {
        return all(tag).length == 0 ? otherwise : all(tag)[0];
    }

    /** Where a tag begins in the file; -1 if the file has no such tag. */
    int place(final int tag) {
        return places.getOrDefault(tag, -1);
    }

    /** Gives a tag a number that means nothing to any decoder. */
    void hide(final int tag, final byte[] file) {
        if (place(tag) >= 0) {
            ByteBuffer.wrap(file).order(order).putShort(place(tag), (short) UNKNOWN);
        }
    }

    /** Whether another picture follows. */
    boolean hasMore() {
        return hasMore;
    }

    private void read(final Bytes file, final long directory) throws IOException {
        final int count = file.u2(directory, order);
        for (int i = 0; i < count; i++) {
            final int entry = (int) directory + 2 + i * ENTRY_BYTES;
            final int tag = file.u2(entry, order);
            places.put(tag, entry);
            final int type = file.u2(entry + 2, order);
            final int bytes = type == BYTE ? 1 : type == SHORT ? 2 : type == LONG ? 4 : 0;
            if (bytes > 0) {
                numbers.put(tag, numbers(file, entry, bytes));
            }
        }
        final long next = directory + 2 + (long) count * ENTRY_BYTES;
        hasMore = file.length() >= next + 4 && file.u4(next, order) != 0;
    }

    private long[] numbers(final Bytes file, final int entry, final int bytes) throws IOException {
        final long count = file.u4(entry + 4, order);
        final long at = count * bytes <= 4 ? entry + 8 : file.u4(entry + 8, order);
        file.check(at, count * bytes);
        final long[] read = new long[(int) count];
        for (int i = 0; i < read.length; i++) {
            final long place = at + (long) i * bytes;
            read[i] = bytes == 1 ? file.u1(place) : bytes == 2 ? file.u2(place, order) : file.u4(place, order);
        }
        return read;
    }
}
