package org.gradienttape.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gradienttape.cluster.JobFolder;
import org.gradienttape.cluster.SparkRun;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a worker or the driver at random moments of runs on a master of Spark 4.0 with two workers; each run ends with the weights of one
 * that nobody disturbed. {@code -DargLine=-Dgradienttape.kills=20} asks for more than a build does.
 */
class RandomKillsTest {
    private static final int KILLS = Integer.getInteger("gradienttape.kills", 1);
    private static final long SEED = Long.getLong("gradienttape.seed", System.nanoTime());
    /** How long a run may take; the first that ends before its kill says more. */
    private static final long MILLISECONDS_AT_FIRST = 10_000;

    @TempDir
    private static Path folder;

    private static SmallRun small;
    private static StandaloneCluster cluster;

    @BeforeAll
    static void startCluster() throws Exception {
        small = SmallRun.get();
        cluster = StandaloneCluster.start(SmallRun.spark("4.0"), folder.resolve("cluster"));
    }

    @AfterAll
    static void endCluster() {
        cluster.close();
    }

    @Test
    void aWorkerThatIsKilledIsReplacedAndTheWeightsAreTheSame() throws Exception {
        small.assertReplacesAKilledWorker(folder.resolve("killed"), SmallRun.spark("4.0"), cluster);
    }

    @Test
    void eachRunEndsWithTheSameWeights() throws Exception {
        final SplittableRandom random = new SplittableRandom(SEED);
        final ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
        int kills = 0;
        try {
            long undisturbed = MILLISECONDS_AT_FIRST;
            for (int run = 0; kills < KILLS; run++) {
                assertThat(run).as("seed %d", SEED).isLessThan(5 * KILLS);
                final ScheduledFuture<Boolean> kill =
                        killer.schedule(() -> kill(random), random.nextLong(undisturbed), TimeUnit.MILLISECONDS);
                final long took = milliseconds("run" + run);
                if (kill.cancel(false)) { // it has ended before its moment came
                    undisturbed = took;
                } else if (kill.get()) {
                    kills++;
                }
            }
        } finally {
            killer.shutdown();
        }
    }

    /** How long a run takes until it is done, started again where its driver was killed. */
    private static long milliseconds(final String name) throws Exception {
        final long start = System.nanoTime();
        JobFolder job = create(name);
        for (int ends = 0; !isDone(job); ends++) {
            assertThat(ends).as("seed %d", SEED).isLessThan(2);
            job = create(name);
        }
        small.assertDone(job);
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static JobFolder create(final String name) throws IOException {
        return SmallRun.create(folder.resolve(name), small.job(), SmallRun.cluster(cluster.master(), 2));
    }

    private static boolean isDone(final JobFolder job) throws IOException {
        try {
            return SparkRun.run(job, SmallRun.spark("4.0"), SmallRun.jars(), SmallRun.at(0, () -> {}));
        } catch (final InvalidInputException killed) {
            assertThat(killed).hasMessageContaining("The driver of Spark ended with the code 137");
            return false;
        }
    }

    /**
     * Kills one of the processes of the run; which of them are there depends on the moment.
     *
     * @return false if there are none yet
     */
    private static boolean kill(final SplittableRandom random) {
        final List<ProcessHandle> there = Stream.concat(SmallRun.processes("SparkSubmit"), SmallRun.workers())
                .toList();
        return !there.isEmpty() && there.get(random.nextInt(there.size())).destroyForcibly();
    }
}
