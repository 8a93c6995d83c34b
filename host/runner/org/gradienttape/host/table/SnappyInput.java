package org.gradienttape.host.table;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;

/**
 * Reads the stream format of snappy-java, which KNIME writes its tables in: a header, then chunks, each a length of four
 * bytes and a block of Snappy's raw format. Google's framing format is another one.
 */
final class SnappyInput extends InputStream {
    private static final byte[] MAGIC = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
    /** The first four bytes of the header, where a length stands otherwise: another stream has been appended. */
    private static final int NEXT_HEADER = 0x82534e41;
    /** The newest version of the format, and the oldest one that a reader must know for it. */
    private static final int VERSION = 1;
    /** Snappy never refers back further than this. */
    private static final int WINDOW = 1 << 16;
    /** snappy-java's blocks have 32 KiB if nothing else is asked for. */
    private static final int MAX_BLOCK = 1 << 26;

    private final DataInputStream in;
    private byte[] block = {};
    private int position;

    SnappyInput(final InputStream in) throws IOException {
        this.in = new DataInputStream(in);
        readHeader(this.in.readNBytes(MAGIC.length));
    }

    private void readHeader(final byte[] magic) throws IOException {
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IOException("expected a stream of snappy-java, found one with another beginning");
        }
        final int version = in.readInt();
        final int compatible = in.readInt();
        if (version < VERSION || compatible > VERSION) {
            throw new IOException("expected version " + VERSION + " of snappy-java's stream, found " + version
                    + ", which needs " + compatible);
        }
    }

    @Override
    public int read() throws IOException {
        return fill() ? block[position++] & 0xff : -1;
    }

    @Override
    public int read(final byte[] bytes, final int offset, final int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        final int count = Math.min(length, block.length - position);
        System.arraycopy(block, position, bytes, offset, count);
        position += count;
        return count;
    }

    /** Reads blocks until there is something to give; false at the end. */
    private boolean fill() throws IOException {
        while (position == block.length) {
            final byte[] start = in.readNBytes(Integer.BYTES);
            if (start.length == 0) {
                return false;
            }
            final int length = new DataInputStream(new ByteArrayInputStream(start)).readInt();
            if (length == NEXT_HEADER) {
                final byte[] magic = Arrays.copyOf(start, MAGIC.length);
                in.readFully(magic, start.length, MAGIC.length - start.length);
                readHeader(magic);
            } else {
                block = readBlock(length);
                position = 0;
            }
        }
        return true;
    }

    private byte[] readBlock(final int length) throws IOException {
        if (length < 0) {
            throw new IOException("expected the length of a Snappy block, found " + length);
        }
        final byte[] compressed = in.readNBytes(length);
        if (compressed.length < length) {
            throw new IOException("expected a Snappy block of " + length + " bytes, found " + compressed.length);
        }
        try (SnappyCompressorInputStream raw =
                new SnappyCompressorInputStream(new ByteArrayInputStream(compressed), WINDOW)) {
            if (raw.getSize() < 0 || raw.getSize() > MAX_BLOCK) {
                throw new IOException(
                        "expected a Snappy block of at most " + MAX_BLOCK + " bytes, found " + raw.getSize());
            }
            return raw.readAllBytes();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
