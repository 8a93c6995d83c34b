package org.gradienttape.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.BarrierTaskContext;
import org.gradienttape.cluster.JobFolder;
import org.gradienttape.cluster.WorkerRun;
import org.gradienttape.distributed.Ring;
import org.gradienttape.torch.TorchEngine;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.runtime.AbstractFunction1;

/** One worker as a task of Spark; says how it ended. */
final class WorkerTask extends AbstractFunction1<Iterator<Integer>, Iterator<String>> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String READY = "ready ";

    private final String folder;
    private final long keyHigh;
    private final long keyLow;
    private final int limit;

    /**
     * @param folder of the run
     * @param key of this attempt
     * @param limit seconds
     */
    WorkerTask(final Path folder, final UUID key, final int limit) {
        this.folder = folder.toString();
        this.keyHigh = key.getMostSignificantBits();
        this.keyLow = key.getLeastSignificantBits();
        this.limit = limit;
    }

    @Override
    public Iterator<String> apply(final Iterator<Integer> unused) {
        final Thread thread = Thread.currentThread();
        final ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(WorkerTask.class.getClassLoader());
        try {
            return Iterator$.MODULE$.single(run(BarrierTaskContext.get()).toText());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private JobFolder.Outcome run(final BarrierTaskContext context) {
        final int rank = context.partitionId();
        final String host = context.getTaskInfos()[rank].address().replaceFirst(":\\d+$", "");
        final JobFolder job = new JobFolder(Path.of(folder));
        try (Ring.Place place = Ring.Place.open(host)) {
            final Optional<String> trouble = WorkerRun.trouble(job, "worker " + rank + " on " + host);
            // Spark looks once a second whether all are there. What is wrong with the engine is said when it is used.
            final CompletableFuture<Void> engine =
                    CompletableFuture.runAsync(TorchEngine::start).exceptionally(failure -> null);
            final List<String> all = Arrays.asList(context.allGather(trouble.orElse(READY + place.address())));
            engine.join();
            final Optional<String> found =
                    all.stream().filter(said -> !said.startsWith(READY)).findFirst();
            if (found.isPresent()) {
                return JobFolder.Outcome.refused(found.get());
            }
            return WorkerRun.run(
                    job,
                    place,
                    rank,
                    all.stream().map(said -> said.substring(READY.length())).toList(),
                    new UUID(keyHigh, keyLow),
                    Duration.ofSeconds(limit),
                    context::isInterrupted);
        } catch (final IOException closed) {
            return JobFolder.Outcome.lost(
                    "Worker " + rank + " could not listen on " + host + ": " + closed.getMessage());
        }
    }
}
