package org.gradienttape.bench;

import java.nio.FloatBuffer;
import java.util.function.LongSupplier;
import org.gradienttape.distributed.Collective;
import org.gradienttape.distributed.Piecewise;

/** The first of two workers, whose partner has the same numbers, at once. */
final class EqualPartner implements Collective {
    private final LongSupplier clock;
    private final Piecewise piecewise = new Piecewise();
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
        piecewise.scale(numbers, 0, numbers.limit(), 2);
        ofSums += clock.getAsLong() - begin;
    }

    @Override
    public void close() {}
}
