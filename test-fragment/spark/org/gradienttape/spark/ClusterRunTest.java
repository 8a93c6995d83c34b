package org.gradienttape.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gradienttape.cluster.ClusterConfig;
import org.gradienttape.cluster.JobFolder;
import org.gradienttape.cluster.SparkHome;
import org.gradienttape.cluster.SparkRun;
import org.gradienttape.data.Dataset;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FolderTree;
import org.gradienttape.torch.training.TrainingJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a master of Spark 3.5 with two workers, which all tests share. */
class ClusterRunTest {
    @TempDir
    private static Path folder;

    private static SmallRun small;
    private static StandaloneCluster cluster;

    @BeforeAll
    static void startCluster() throws Exception {
        small = SmallRun.get();
        cluster = StandaloneCluster.start(SmallRun.spark("3.5"), folder.resolve("cluster"));
    }

    @AfterAll
    static void endCluster() {
        cluster.close();
    }

    @Test
    void aWorkerThatIsKilledIsReplacedAndTheWeightsAreTheSame() throws Exception {
        small.assertReplacesAKilledWorker(folder.resolve("killed"), withSettingsForTables(), cluster);
    }

    /** An installation whose own settings, with which tables are computed sooner, would stop a barrier stage. */
    private static SparkHome withSettingsForTables() throws IOException {
        final Path home = folder.resolve("spark");
        Files.writeString(Files.createDirectories(home.resolve("conf")).resolve("spark-defaults.conf"), """
                spark.speculation true
                spark.dynamicAllocation.enabled true
                spark.dynamicAllocation.shuffleTracking.enabled true
                """);
        Files.createSymbolicLink(
                home.resolve("jars"),
                SmallRun.spark("3.5").folder().resolve("jars").toRealPath());
        return SparkHome.of(home);
    }

    @Test
    void tooFewPlacesAreSaid() throws Exception {
        final JobFolder job =
                SmallRun.create(folder.resolve("few"), small.job(), new ClusterConfig(cluster.master(), 3, 512, 5, 20));

        assertThatThrownBy(() -> SparkRun.run(job, SmallRun.spark("3.5"), SmallRun.jars(), SmallRun.at(0, () -> {})))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("3 workers of 1 core and 512 MB were wanted, but the master " + cluster.master()
                        + " has places for 2 only; choose fewer workers or less memory, or add machines.");
    }

    /**
     * Under one path each process sees its own data: two folders above the folder of its work. One of the workers has a copy in
     * which one number is another one. Of the two masters, which stand in for each other, one is down.
     */
    @Test
    void dataThatDifferOnOneWorkerAreSaid() throws Exception {
        final Path above = Path.of("/proc/self/cwd/../..");
        final Path name = Path.of("target").resolve(folder.getFileName());
        final Path own = Files.createDirectories(above.resolve(name));
        try {
            copy(small.data().folder(), own);
            copy(own, folder.resolve("cluster/work0").resolve(name));
            final Path other = copy(own, folder.resolve("cluster/work1").resolve(name));
            try (FileChannel channel = FileChannel.open(other.resolve("features.bin"), StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), 0);
            }
            final TrainingJob job = SmallRun.job(Dataset.open(above.resolve(name)));
            final String alsoOneThatIsDown = cluster.master().replace("spark://", "spark://127.0.0.1:1,");
            final JobFolder run =
                    SmallRun.create(folder.resolve("differs"), job, SmallRun.cluster(alsoOneThatIsDown, 2));

            assertThatThrownBy(
                            () -> SparkRun.run(run, SmallRun.spark("3.5"), SmallRun.jars(), SmallRun.at(0, () -> {})))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageMatching(
                            "The data " + Pattern.quote(job.training().folder().toString())
                                    + " must be the same for all workers, but on worker [01] on 127\\.0\\.0\\.1 their"
                                    + " checksum is another one; copy them anew\\.");
        } finally {
            FolderTree.delete(own);
        }
    }

    /** Spark itself would ask it for a minute. */
    @Test
    void aMasterOfAnotherVersionIsSaidInTime() throws Exception {
        final JobFolder job = SmallRun.create(
                folder.resolve("other"), small.job(), new ClusterConfig(cluster.master(), 2, 512, 5, 20));
        final long start = System.nanoTime();

        assertThatThrownBy(() -> SparkRun.run(job, SmallRun.spark("4.0"), SmallRun.jars(), SmallRun.at(0, () -> {})))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("2 workers of 1 core and 512 MB were wanted, but the master " + cluster.master()
                        + " has places for 0 only; choose fewer workers or less memory, or add machines; or it is of another"
                        + " version than spark-submit, " + SmallRun.spark("4.0").version() + ".");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(50));
    }

    private static Path copy(final Path from, final Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (final Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}
