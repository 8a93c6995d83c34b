package org.gradienttape.distributed;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Workers that are threads of one process; they add up in the order of their numbers. */
public final class Together {
    private static final int LONGEST_SECONDS = 60;

    private final int size;
    private final float[][] brought;
    private final CyclicBarrier barrier;
    private float[] sums;
    private volatile boolean isClosed;

    private Together(final int size) {
        this.size = size;
        this.brought = new float[size][];
        this.barrier = new CyclicBarrier(size, this::add);
    }

    /** As many as wanted, each for a thread of its own. When one is closed, the others do not wait for it. */
    public static List<Collective> workers(final int size) {
        final Together all = new Together(size);
        final List<Collective> workers = new ArrayList<>();
        for (int rank = 0; rank < size; rank++) {
            workers.add(all.new One(rank));
        }
        return workers;
    }

    /** Runs on the last of those who come. */
    private void add() {
        sums = new float[brought[0].length];
        for (final float[] one : brought) {
            for (int i = 0; i < Math.min(sums.length, one.length); i++) {
                sums[i] += one[i];
            }
        }
    }

    private final class One implements Collective {
        private final int rank;

        One(final int rank) {
            this.rank = rank;
        }

        @Override
        public int rank() {
            return rank;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public void sum(final FloatBuffer numbers) {
            brought[rank] = new float[numbers.limit()];
            numbers.get(0, brought[rank]);
            await();
            numbers.put(0, sums, 0, Math.min(sums.length, numbers.limit()));
        }

        private void await() {
            if (isClosed) {
                throw new LostWorkerException("A worker is gone.");
            }
            try {
                barrier.await(LONGEST_SECONDS, TimeUnit.SECONDS);
            } catch (final InterruptedException | BrokenBarrierException | TimeoutException lost) {
                throw new LostWorkerException("A worker is gone.", lost);
            }
        }

        @Override
        public void close() {
            isClosed = true;
            barrier.reset();
        }
    }
}
