package org.gradienttape.host.table;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads what {@link BlockOutput} has written; a block looks like a stream that ends. */
final class BlockInput extends FilterInputStream {
    private boolean atEnd;

    BlockInput(final InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        if (atEnd) {
            return -1;
        }
        final int value = in.read();
        if (value == BlockOutput.END) {
            atEnd = true;
            return -1;
        }
        return value == BlockOutput.ESCAPE ? in.read() : value;
    }

    @Override
    public int read(final byte[] bytes, final int offset, final int length) throws IOException {
        int count = 0;
        while (count < length) {
            final int value = read();
            if (value < 0) {
                return count == 0 ? -1 : count;
            }
            bytes[offset + count++] = (byte) value;
        }
        return count;
    }

    /** @throws IOException if the block has bytes left */
    void endBlock() throws IOException {
        if (read() != -1 || !atEnd) {
            throw new IOException("expected the end of a cell, found more bytes or the end of the file");
        }
        atEnd = false;
    }
}
