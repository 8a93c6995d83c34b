package org.gradienttape.data.source;

import java.io.IOException;

/** The stored bytes of samples, one behind the other, read once from the first to the last. */
public interface SampleStream {
    /** Fills the start of an array with the next bytes. */
    void read(byte[] target, int count) throws IOException;

    /** Leaves out the next bytes. */
    void skip(long count) throws IOException;

    /** Checks, behind the last sample, that nothing follows and that what was read is undamaged. */
    void finish() throws IOException;
}
