package org.gradienttape.distributed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Workers that are threads of one process; they add up in the order of their numbers. */
public final class WorkerThreads {
    private static final int LONGEST_SECONDS = 60;

    private final int size;
    private final float[][] brought;
    private final CyclicBarrier barrier;
    private float[] sums;

    private WorkerThreads(final int size) {
        this.size = size;
        this.brought = new float[size][];
        this.barrier = new CyclicBarrier(size, this::add);
    }

    /** Does the same on each worker; returns what they got, by their numbers. */
    public static <T> List<T> run(final int size, final Function<Workers, T> work) throws Exception {
        final WorkerThreads threads = new WorkerThreads(size);
        return together(IntStream.range(0, size)
                .<Callable<T>>mapToObj(rank -> () -> work.apply(new Workers(threads.worker(rank))))
                .toList());
    }

    /** Runs all at once, each on a thread of its own. */
    static <T> List<T> together(final List<Callable<T>> work) throws Exception {
        final ExecutorService pool = Executors.newFixedThreadPool(work.size());
        try {
            final List<Future<T>> running = work.stream().map(pool::submit).toList();
            final List<T> results = new ArrayList<>();
            for (final Future<T> one : running) {
                results.add(one.get(5, TimeUnit.MINUTES));
            }
            return results;
        } catch (final ExecutionException failure) {
            throw failure.getCause() instanceof Exception cause ? cause : failure;
        } finally {
            pool.shutdownNow();
        }
    }

    private void add() {
        sums = new float[brought[0].length];
        for (final float[] one : brought) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += one[i];
            }
        }
    }

    private Collective worker(final int rank) {
        return new Collective() {
            @Override
            public int rank() {
                return rank;
            }

            @Override
            public int size() {
                return size;
            }

            @Override
            public void sum(final float[] numbers) {
                brought[rank] = numbers.clone();
                await();
                System.arraycopy(sums, 0, numbers, 0, numbers.length);
                await();
            }

            private void await() {
                try {
                    barrier.await(LONGEST_SECONDS, TimeUnit.SECONDS);
                } catch (final InterruptedException | BrokenBarrierException | TimeoutException lost) {
                    throw new LostWorkerException("a worker is gone", lost);
                }
            }

            @Override
            public void close() {}
        };
    }
}
