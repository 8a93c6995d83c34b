package org.gradienttape.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gradienttape.cluster.ClusterConfig;
import org.gradienttape.cluster.JobFolder;
import org.gradienttape.cluster.SparkHome;
import org.gradienttape.cluster.SparkRun;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on Spark 3.5 with Scala 2.12 and 2.13, and on Spark 4.0 with Scala 2.13, all from the same class files. */
class SparkRunTest {
    @TempDir
    private static Path shared;

    private static SmallRun small;

    @TempDir
    private Path folder;

    @BeforeAll
    static void computeWhatIsExpected() throws Exception {
        small = SmallRun.in(shared);
    }

    @AfterEach
    void nothingKeepsRunning() throws Exception {
        for (final ProcessHandle left : SmallRun.workers().toList()) {
            left.onExit().get(30, TimeUnit.SECONDS);
        }
        assertThat(SmallRun.processes("SparkSubmit")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.5", "3.5-scala-2.13", "4.0"})
    void onThisMachineTheWeightsAreThoseOfTwoThreadsAndNobodyOutsideCanReachThem(final String version)
            throws Exception {
        final JobFolder job =
                JobFolder.create(folder.resolve("job"), small.job(), SmallRun.cluster(ClusterConfig.THIS_MACHINE, 2));
        final List<String> open = new ArrayList<>();

        assertThat(SparkRun.run(
                        job,
                        SmallRun.spark(version),
                        SmallRun.jars(),
                        SmallRun.at(100, () -> open.addAll(openToOthers()))))
                .isTrue();

        small.assertDone(job);
        assertThat(open).isEmpty();
    }

    /** Ports of this test's processes that listen on another address than loopback, as the kernel of Linux tells. */
    private static List<String> openToOthers() {
        final List<String> open = new ArrayList<>();
        try {
            final List<String> own = new ArrayList<>();
            for (final ProcessHandle process :
                    ProcessHandle.current().descendants().toList()) {
                try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
                    for (final Path file : files.toList()) {
                        own.add(Files.readSymbolicLink(file).toString());
                    }
                }
            }
            for (final String kind : List.of("tcp", "tcp6")) {
                for (final String line : Files.readAllLines(Path.of("/proc/net", kind))) {
                    final String[] fields = line.trim().split("\\s+");
                    final boolean listens = fields[3].equals("0A");
                    if (listens && own.contains("socket:[" + fields[9] + "]") && !fields[1].contains("0100007F:")) {
                        open.add(fields[1]);
                    }
                }
            }
        } catch (final IOException gone) {
            open.add(gone.toString());
        }
        return open;
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.5", "4.0"})
    void aWorkerOfAMasterThatIsKilledIsReplacedAndTheWeightsAreTheSame(final String version) throws Exception {
        try (StandaloneCluster cluster = StandaloneCluster.start(SmallRun.spark(version), folder.resolve("cluster"))) {
            final JobFolder job =
                    JobFolder.create(folder.resolve("job"), small.job(), SmallRun.cluster(cluster.master(), 2));
            final List<Boolean> killed = new ArrayList<>();

            assertThat(SparkRun.run(
                            job,
                            SmallRun.spark(version),
                            SmallRun.jars(),
                            SmallRun.at(
                                    150,
                                    () -> killed.add(SmallRun.workers()
                                            .findFirst()
                                            .orElseThrow()
                                            .destroyForcibly()))))
                    .isTrue();

            assertThat(killed).containsExactly(true);
            small.assertDone(job);
            assertThat(job.log().resumptions()).isNotEmpty();
        }
    }

    @Test
    void aRunWhoseDriverIsKilledGoesOnWhenItIsStartedAgain() throws Exception {
        final ClusterConfig here = SmallRun.cluster(ClusterConfig.THIS_MACHINE, 2);
        final JobFolder job = JobFolder.create(folder.resolve("job"), small.job(), here);

        assertThatThrownBy(() -> SparkRun.run(
                        job, SmallRun.spark("4.0"), SmallRun.jars(), SmallRun.at(150, () -> SmallRun.processes(
                                        "SparkSubmit")
                                .forEach(ProcessHandle::destroyForcibly))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("ended with the code 137");
        final JobFolder again = JobFolder.create(folder.resolve("job"), small.job(), here);
        assertThat(SparkRun.run(again, SmallRun.spark("4.0"), SmallRun.jars(), SmallRun.at(0, () -> {})))
                .isTrue();

        small.assertDone(again);
        assertThat(again.log().resumptions()).isNotEmpty();
    }

    @Test
    void aRunThatIsCancelledEndsAndGoesOnLater() throws Exception {
        final ClusterConfig here = SmallRun.cluster(ClusterConfig.THIS_MACHINE, 2);
        final JobFolder job = JobFolder.create(folder.resolve("job"), small.job(), here);

        assertThat(SparkRun.run(job, SmallRun.spark("4.0"), SmallRun.jars(), new TrainingMonitor() {
                    @Override
                    public boolean goOn(final Progress progress) {
                        return progress.stepsDone() < 100;
                    }

                    @Override
                    public void log(final String line) {}
                }))
                .isFalse();

        assertThat(job.checkpointNames()).contains("checkpoint-");
    }

    @Test
    void tooFewPlacesAreSaid() throws Exception {
        try (StandaloneCluster cluster = StandaloneCluster.start(SmallRun.spark("3.5"), folder.resolve("cluster"))) {
            final JobFolder job = JobFolder.create(
                    folder.resolve("job"), small.job(), new ClusterConfig(cluster.master(), 3, 512, 15, 20));

            assertThatThrownBy(
                            () -> SparkRun.run(job, SmallRun.spark("3.5"), SmallRun.jars(), SmallRun.at(0, () -> {})))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("3 workers of 1 core and 512 MB were wanted, but the master " + cluster.master()
                            + " has places for 2 only; choose fewer workers or less memory, or add machines.");
        }
    }

    @Test
    void aMasterThatIsNotThereIsSaid() throws Exception {
        final JobFolder job =
                JobFolder.create(folder.resolve("job"), small.job(), SmallRun.cluster("spark://127.0.0.1:1", 2));

        assertThatThrownBy(() -> SparkRun.run(job, SmallRun.spark("4.0"), SmallRun.jars(), SmallRun.at(0, () -> {})))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "A master of Spark was expected at spark://127.0.0.1:1, but none answers (Connection refused);"
                                + " start it, or correct the address.");
    }

    /** As if a machine had an older copy. */
    @Test
    void dataThatDifferAreSaid() throws Exception {
        final JobFolder job =
                JobFolder.create(folder.resolve("job"), small.job(), SmallRun.cluster(ClusterConfig.THIS_MACHINE, 2));
        final Path features;
        try (Stream<Path> files = Files.list(small.data().folder())) {
            features = files.filter(file -> file.getFileName().toString().contains("features"))
                    .findFirst()
                    .orElseThrow();
        }
        final byte[] before = Files.readAllBytes(features);
        try (FileChannel channel = FileChannel.open(features, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), 0);
        }
        try {
            assertThatThrownBy(
                            () -> SparkRun.run(job, SmallRun.spark("4.0"), SmallRun.jars(), SmallRun.at(0, () -> {})))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The data " + small.data().folder()
                            + " must be the same for all workers, but on worker 0 on 127.0.0.1 their checksum is another"
                            + " one; copy them anew.");
        } finally {
            Files.write(features, before);
        }
    }

    @Test
    void anotherVersionOfSparkIsSaid() throws Exception {
        Files.createDirectories(folder.resolve("jars"));
        Files.createFile(folder.resolve("jars/spark-core_2.12-3.3.1.jar"));

        assertThatThrownBy(() -> SparkHome.of(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Spark 3.5 or 4.0 is needed, but " + folder
                        + " belongs to Spark 3.3.1; choose another installation.");
    }
}
