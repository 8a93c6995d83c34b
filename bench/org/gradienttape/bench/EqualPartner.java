package org.gradienttape.bench;

import java.nio.FloatBuffer;
import java.util.function.LongSupplier;
import org.gradienttape.distributed.Collective;

/** The first of two workers, whose partner has the same numbers, at once. */
final class EqualPartner implements Collective {
    private final LongSupplier clock;
    private final float[] some = new float[1 << 11];
    private long ofSums;

    /**
     * @param clock nanoseconds
     */
    EqualPartner(final LongSupplier clock) {
        this.clock = clock;
    }

    /** Nanoseconds of the clock without those of sums, which take more where workers are really apart. */
    long withoutSums() {
        return clock.getAsLong() - ofSums;
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int size() {
        return 2;
    }

    @Override
    public void sum(final FloatBuffer numbers) {
        final long begin = clock.getAsLong();
        for (int done = 0; done < numbers.limit(); done += some.length) {
            final int count = Math.min(some.length, numbers.limit() - done);
            numbers.get(done, some, 0, count);
            for (int i = 0; i < count; i++) {
                some[i] *= 2;
            }
            numbers.put(done, some, 0, count);
        }
        ofSums += clock.getAsLong() - begin;
    }

    @Override
    public void close() {}
}
