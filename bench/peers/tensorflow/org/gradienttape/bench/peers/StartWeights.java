package org.gradienttape.bench.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The weights that all contestants start from.
 *
 * @param numbers one weight after the other, row-major
 */
record StartWeights(FloatBuffer numbers) {
    /** A file of little-endian float32 numbers. */
    static StartWeights read(final Path file) throws IOException {
        return new StartWeights(ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer());
    }

    /** The next weight, which has this many numbers. */
    float[] next(final int size) {
        final float[] weight = new float[size];
        numbers.get(weight);
        return weight;
    }
}
