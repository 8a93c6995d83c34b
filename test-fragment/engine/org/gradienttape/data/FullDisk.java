package org.gradienttape.data;

import java.io.IOException;
import java.io.OutputStream;

/** A stream onto a disk with room for so many bytes. */
final class FullDisk extends OutputStream {
    private int room;

    FullDisk(final int room) {
        this.room = room;
    }

    @Override
    public void write(final int value) throws IOException {
        if (room-- == 0) {
            throw new IOException("No space left on device"); // what Linux says
        }
    }
}
