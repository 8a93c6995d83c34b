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
    private static SmallRun small;

    @TempDir
    private Path folder;

    @BeforeAll
    static void computeWhatIsExpected() throws Exception {
        small = SmallRun.get();
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
                SmallRun.create(folder.resolve("job"), small.job(), SmallRun.cluster(ClusterConfig.THIS_MACHINE, 2));
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
                    SmallRun.create(folder.resolve("job"), small.job(), SmallRun.cluster(cluster.master(), 2));
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
        final JobFolder job = SmallRun.create(folder.resolve("job"), small.job(), here);

        assertThatThrownBy(() -> SparkRun.run(
                        job, SmallRun.spark("4.0"), SmallRun.jars(), SmallRun.at(150, () -> SmallRun.processes(
                                        "SparkSubmit")
                                .forEach(ProcessHandle::destroyForcibly))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("ended with the code 137");
        final JobFolder again = SmallRun.create(folder.resolve("job"), small.job(), here);
        assertThat(SparkRun.run(again, SmallRun.spark("4.0"), SmallRun.jars(), SmallRun.at(0, () -> {})))
                .isTrue();

        small.assertDone(again);
        assertThat(again.log().resumptions()).isNotEmpty();
    }

    @Test
    void aRunThatIsCancelledEndsAndGoesOnLater() throws Exception {
        final ClusterConfig here = SmallRun.cluster(ClusterConfig.THIS_MACHINE, 2);
        final JobFolder job = SmallRun.create(folder.resolve("job"), small.job(), here);

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
            final JobFolder job = SmallRun.create(
                    folder.resolve("job"), small.job(), new ClusterConfig(cluster.master(), 3, 512, 15, 20));

            assertThatThrownBy(
                            () -> SparkRun.run(job, SmallRun.spark("3.5"), SmallRun.jars(), SmallRun.at(0, () -> {})))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("3 workers of 1 core and 512 MB were wanted, but the master " + cluster.master()
                            + " has places for 2 only; choose fewer workers or less memory, or add machines.");
            dataThatDifferOnOneWorkerAreSaid(cluster);
            aMasterOfAnotherVersionIsSaid(cluster);
        }
    }

    /**
     * Under one path each process sees its own data: two folders above the folder of its work. One of the workers has a copy in which one number is
     * another one.
     */
    private void dataThatDifferOnOneWorkerAreSaid(final StandaloneCluster cluster) throws Exception {
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
            final JobFolder run =
                    SmallRun.create(folder.resolve("differs"), job, SmallRun.cluster(cluster.master(), 2));

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

    private void aMasterOfAnotherVersionIsSaid(final StandaloneCluster cluster) throws Exception {
        final JobFolder job = SmallRun.create(
                folder.resolve("other"), small.job(), new ClusterConfig(cluster.master(), 2, 512, 5, 20));

        assertThatThrownBy(() -> SparkRun.run(job, SmallRun.spark("4.0"), SmallRun.jars(), SmallRun.at(0, () -> {})))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("2 workers of 1 core and 512 MB were wanted, but the master " + cluster.master()
                        + " has places for 0 only; choose fewer workers or less memory, or add machines; or it is of another"
                        + " version than spark-submit, " + SmallRun.spark("4.0").version() + ".");
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

    @Test
    void aMasterThatIsNotThereIsSaid() throws Exception {
        final JobFolder job =
                SmallRun.create(folder.resolve("job"), small.job(), SmallRun.cluster("spark://127.0.0.1:1", 2));

        assertThatThrownBy(() -> SparkRun.run(job, SmallRun.spark("4.0"), SmallRun.jars(), SmallRun.at(0, () -> {})))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "A master of Spark was expected at spark://127.0.0.1:1, but none answers (Connection refused);"
                                + " start it, or correct the address.");
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
