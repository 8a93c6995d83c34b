package org.gradienttape.distributed;

import java.nio.FloatBuffer;

/**
 * Arithmetic on long buffers, piece by piece in small arrays, which stay in the processor's cache and over which the JVM makes
 * fast loops.
 */
public final class Piecewise {
    private static final int MOST = 1 << 11;

    private final float[] sums = new float[MOST];
    private final float[] more = new float[MOST];

    /** Multiplies so many numbers, from where they begin. */
    public void scale(final FloatBuffer numbers, final int begin, final int count, final float factor) {
        for (int done = 0; done < count; done += MOST) {
            final int some = Math.min(MOST, count - done);
            numbers.get(begin + done, sums, 0, some);
            for (int i = 0; i < some; i++) {
                sums[i] *= factor;
            }
            numbers.put(begin + done, sums, 0, some);
        }
    }

    /** Adds so many numbers, from where they begin, to others; both positions stay as they are. */
    void add(final FloatBuffer numbers, final int begin, final FloatBuffer added, final int count) {
        for (int done = 0; done < count; done += MOST) {
            final int some = Math.min(MOST, count - done);
            numbers.get(begin + done, sums, 0, some);
            added.get(done, more, 0, some);
            for (int i = 0; i < some; i++) {
                sums[i] += more[i];
            }
            numbers.put(begin + done, sums, 0, some);
        }
    }
}
