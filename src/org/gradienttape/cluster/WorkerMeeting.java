package org.gradienttape.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.gradienttape.distributed.Ring;
import org.gradienttape.torch.TorchEngine;

/** How the workers of a run find each other: each says where it listens, or why it cannot begin, and hears what all said. */
public final class WorkerMeeting {
    private static final String READY = "ready ";

    private WorkerMeeting() {}

    /**
     * Meets the others and trains with them; returns at the end of the run, or when it cannot go on.
     *
     * @param host of this machine, as the others know it
     * @param gather tells all workers something and gives what all said, by rank; it waits for all, so each asks it once,
     *     whatever has happened to it
     * @param key of the run
     * @param limit for each wait for another worker
     * @param stopped whether this process is to end
     */
    public static JobFolder.Outcome run(
            final JobFolder job,
            final int rank,
            final String host,
            final Function<String, List<String>> gather,
            final UUID key,
            final Duration limit,
            final BooleanSupplier stopped) {
        final Ring.Place place;
        final String address;
        try {
            place = Ring.Place.open(host);
            address = place.address();
        } catch (final IOException closed) {
            return refusal(gather.apply("Worker " + rank + " could not listen on " + host + " (" + closed.getMessage()
                            + "); correct the address under which Spark knows its machine."))
                    .orElseThrow();
        }
        try (place) {
            final Optional<String> trouble = job.trouble("worker " + rank + " on " + host);
            // Spark looks once a second whether all are there. What is wrong with the engine is said when it is used.
            final CompletableFuture<Void> engine =
                    CompletableFuture.runAsync(TorchEngine::start).exceptionally(failure -> null);
            final List<String> all = gather.apply(trouble.orElse(READY + address));
            engine.join();
            return refusal(all).orElseGet(() -> WorkerRun.run(job, place, rank, addresses(all), key, limit, stopped));
        }
    }

    /** Of the first that cannot begin. */
    private static Optional<JobFolder.Outcome> refusal(final List<String> all) {
        return all.stream().filter(said -> !said.startsWith(READY)).findFirst().map(JobFolder.Outcome::refused);
    }

    private static List<String> addresses(final List<String> all) {
        return all.stream().map(said -> said.substring(READY.length())).toList();
    }
}
