package org.gradienttape.distributed;

import java.nio.FloatBuffer;

/**
 * Workers that add up numbers. Each calls the same methods in the same order, from one thread. The sums are the same bits on
 * all of them and in every run with as many workers.
 */
public interface Collective extends AutoCloseable {
    /** The number of this worker, from 0. */
    int rank();

    /** How many workers there are, at least 1. */
    int size();

    /**
     * Adds up, number by number, what all workers bring; returns when this one has the sums.
     *
     * @param numbers as many on each worker, from 0 to the limit; replaced by the sums
     * @throws LostWorkerException if another worker is gone, or does not answer in time
     */
    void sum(FloatBuffer numbers);

    /** The same with all numbers of an array. */
    default void sum(final float[] numbers) {
        sum(FloatBuffer.wrap(numbers));
    }

    @Override
    void close();
}
