package org.gradienttape.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.apache.spark.BarrierTaskContext;
import org.gradienttape.cluster.JobFolder;
import org.gradienttape.cluster.WorkerMeeting;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.runtime.AbstractFunction1;

/** One worker as a task of Spark; says how it ended. */
final class WorkerTask extends AbstractFunction1<Iterator<Integer>, Iterator<String>> implements Serializable {
    private static final long serialVersionUID = 1L;

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
        return WorkerMeeting.run(
                new JobFolder(Path.of(folder)),
                rank,
                host,
                said -> Arrays.asList(context.allGather(said)),
                new UUID(keyHigh, keyLow),
                Duration.ofSeconds(limit),
                context::isInterrupted);
    }
}
