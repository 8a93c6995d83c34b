package org.gradienttape.host.table;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Bytes in blocks: each ends with an end mark; bytes that equal a mark are written after an escape mark. */
final class BlockOutput extends FilterOutputStream {
    static final int END = 0x61;
    static final int ESCAPE = 0x62;

    BlockOutput(final OutputStream out) {
        super(out);
    }

    @Override
    public void write(final int value) throws IOException {
        final int unsigned = value & 0xff;
        if (unsigned == END || unsigned == ESCAPE) {
            out.write(ESCAPE);
        }
        out.write(unsigned);
    }

    void endBlock() throws IOException {
        out.write(END);
    }
}
