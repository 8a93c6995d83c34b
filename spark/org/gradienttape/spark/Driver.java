package org.gradienttape.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.package$;
import org.gradienttape.checkpoint.FolderLock;
import org.gradienttape.cluster.ClusterConfig;
import org.gradienttape.cluster.JobFolder;
import org.gradienttape.error.InvalidInputException;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Runs a job on Spark, and again from its last checkpoint when a worker was lost. Its only argument is the folder of the job,
 * where it also says how the run ended. When what it reads from ends, it ends, too.
 */
public final class Driver {
    /** Losses in a row without a new checkpoint, after which it is not tried again. */
    private static final int MOST_LOSSES = 4;

    private static final long MILLISECONDS_BETWEEN_LOOKS = 200;
    private static final long SECONDS_TO_END = 20;
    /** This machine has a place for each worker; it may be slow, though. */
    private static final int SECONDS_TO_START_HERE = 120;

    /** What the first worker needs on a slow machine. */
    private static final int LEAST_SECONDS_TO_START = 60;
    /** What this process needs on a slow machine until it asks the master. */
    private static final int LEAST_SECONDS_TO_REGISTER = 10;

    private static final ClassTag<String> TEXT = ClassTag$.MODULE$.apply(String.class);

    private final JobFolder job;
    private final ClusterConfig cluster;
    private final JavaSparkContext context;

    private Driver(final JobFolder job, final ClusterConfig cluster, final JavaSparkContext context) {
        this.job = job;
        this.cluster = cluster;
        this.context = context;
    }

    public static void main(final String[] arguments) throws IOException {
        final JobFolder job = new JobFolder(Path.of(arguments[0]));
        final FolderLock lock = job.ofDriver();
        try {
            endWithInput(job, System.in);
            job.end(outcome(job));
        } finally {
            lock.close();
        }
    }

    private static JobFolder.Outcome outcome(final JobFolder job) throws IOException {
        final ClusterConfig cluster = job.cluster();
        final Registration registration = Registration.begin(secondsToRegister(cluster));
        try (JavaSparkContext context = new JavaSparkContext(new SparkConf())) {
            registration.end();
            return new Driver(job, cluster, context).run();
        } catch (final InterruptedException ended) {
            return registration.isTooLate()
                    ? JobFolder.Outcome.refused(lack(cluster, 0, package$.MODULE$.SPARK_VERSION()))
                    : JobFolder.Outcome.lost("The driver was stopped.");
        } catch (final InvalidInputException unfit) {
            return JobFolder.Outcome.refused(unfit.getMessage());
        } catch (final IllegalStateException | IllegalArgumentException | NullPointerException stopped) {
            // What Spark throws where its master does not take the run differs with its version.
            return JobFolder.Outcome.refused("The master " + job.cluster().master()
                    + " did not take the run; it needs the same version of Spark as spark-submit. Spark said: "
                    + stopped.getMessage());
        }
    }

    /** Other masters than Spark's own may let a run wait in a queue. */
    private static int secondsToRegister(final ClusterConfig cluster) {
        return cluster.isStandalone() ? Math.max(LEAST_SECONDS_TO_REGISTER, cluster.limit()) : Integer.MAX_VALUE;
    }

    private static String lack(final ClusterConfig cluster, final int found, final String version) {
        return cluster.workers() + " workers of 1 core and " + cluster.memory() + " MB were wanted, but the master "
                + cluster.master() + " has places for " + found
                + " only; choose fewer workers or less memory, or add machines"
                + (found == 0 ? "; or it is of another version than spark-submit, " + version : "") + ".";
    }

    /** Whoever started this process holds the other end, so it closes however that process ends. */
    private static void endWithInput(final JobFolder job, final InputStream in) {
        final Thread watch = new Thread(() -> {
            try {
                while (in.read() >= 0) {
                    continue;
                }
                job.askForEnd();
                TimeUnit.SECONDS.sleep(SECONDS_TO_END);
            } catch (final IOException | InterruptedException gone) {
                Runtime.getRuntime().halt(1);
            }
            Runtime.getRuntime().halt(1);
        });
        watch.setDaemon(true);
        watch.start();
    }

    private JobFolder.Outcome run() throws InterruptedException {
        String checkpoints = "";
        int losses = 0;
        while (true) {
            final Optional<String> lack = lackOfWorkers();
            if (lack.isPresent()) {
                return JobFolder.Outcome.refused(lack.get());
            }
            final JobFolder.Outcome outcome = attempt();
            if (outcome.ending() != JobFolder.Ending.LOST || job.isAskedForEnd()) {
                return outcome;
            }
            final String now = job.checkpointNames();
            losses = now.equals(checkpoints) ? losses + 1 : 1;
            checkpoints = now;
            if (losses == MOST_LOSSES) {
                return JobFolder.Outcome.refused("Workers were lost " + losses
                        + " times without a new checkpoint between, so the run ends; its checkpoint stays, and it goes on"
                        + " when it is started again. The last loss: " + outcome.sentence());
            }
        }
    }

    /**
     * Spark itself would wait for ever, or say it in a way of its own. Workers are started at the same time, so when one has
     * come, each other one has the time limit from the last.
     */
    private Optional<String> lackOfWorkers() throws InterruptedException {
        final int limit = cluster.isThisMachine() ? Math.max(SECONDS_TO_START_HERE, cluster.limit()) : cluster.limit();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.max(LEAST_SECONDS_TO_START, limit));
        int found = 0;
        int most = 0;
        while (found < cluster.workers() && !job.isAskedForEnd()) {
            if (System.nanoTime() > end || context.sc().isStopped()) {
                return Optional.of(lack(cluster, found, context.version()));
            }
            TimeUnit.MILLISECONDS.sleep(MILLISECONDS_BETWEEN_LOOKS);
            found = context.sc().isStopped()
                    ? 0
                    : context.sc().statusTracker().getExecutorInfos().length - 1; // one of them is the driver
            if (found > most) {
                most = found;
                end = System.nanoTime() + TimeUnit.SECONDS.toNanos(limit);
            }
        }
        return Optional.empty();
    }

    /** Runs all workers once. */
    private JobFolder.Outcome attempt() throws InterruptedException {
        final JavaRDD<Integer> ranks = context.parallelize(
                IntStream.range(0, cluster.workers()).boxed().toList(), cluster.workers());
        final WorkerTask task = new WorkerTask(job.path(), UUID.randomUUID(), cluster.limit());
        final JavaFutureAction<List<String>> running = JavaRDD.fromRDD(
                        ranks.rdd().barrier().mapPartitions(task, false, TEXT), TEXT)
                .collectAsync();
        try {
            return worst(await(running));
        } catch (final ExecutionException | SparkException lost) {
            return JobFolder.Outcome.lost(
                    String.valueOf(lost.getMessage()).lines().findFirst().orElse("unknown"));
        }
    }

    private List<String> await(final JavaFutureAction<List<String>> running)
            throws InterruptedException, ExecutionException, SparkException {
        long asked = 0;
        while (true) {
            try {
                return running.get(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
            } catch (final TimeoutException later) {
                if (asked == 0 && job.isAskedForEnd()) {
                    asked = System.nanoTime();
                }
                if (asked != 0 && System.nanoTime() - asked > TimeUnit.SECONDS.toNanos(SECONDS_TO_END)) {
                    running.cancel(true);
                }
            }
        }
    }

    /** What one refuses, all lose; the reason is what counts. */
    private static JobFolder.Outcome worst(final List<String> said) {
        final List<JobFolder.Outcome> outcomes =
                said.stream().map(JobFolder.Outcome::of).toList();
        return outcomes.stream()
                .filter(outcome -> outcome.ending() == JobFolder.Ending.REFUSED)
                .findFirst()
                .orElseGet(() -> outcomes.stream()
                        .filter(outcome -> outcome.ending() == JobFolder.Ending.LOST)
                        .findFirst()
                        .orElse(JobFolder.Outcome.DONE));
    }
}
