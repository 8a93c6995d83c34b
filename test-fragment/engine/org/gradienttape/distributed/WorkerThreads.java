package org.gradienttape.distributed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Runs workers that are threads of one process. */
public final class WorkerThreads {
    private WorkerThreads() {}

    /** Does the same on each worker; returns what they got, by their numbers. */
    public static <T> List<T> run(final int size, final Function<Workers, T> work) throws Exception {
        return together(Together.workers(size).stream()
                .<Callable<T>>map(one -> () -> work.apply(new Workers(one)))
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
}
