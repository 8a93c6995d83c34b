package org.gradienttape.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.cluster.ClusterConfig;
import org.gradienttape.cluster.JobFolder;
import org.gradienttape.cluster.SparkHome;
import org.gradienttape.cluster.SparkRun;
import org.gradienttape.cluster.WorkerRun;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.distributed.Ring;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on Spark 3.5 with Scala 2.12 and on Spark 4.0 with Scala 2.13, all from the same class files. */
class SparkRunTest {
    private static final Path RELENG = Path.of(System.getProperty("gradienttape.root"), "releng");
    private static final int SAMPLES = 2000;
    private static final int STEPS = 400;

    @TempDir
    private static Path shared;

    private static Dataset data;
    private static Model expected;

    @TempDir
    private Path folder;

    /** What two workers that are threads of this process make. */
    @BeforeAll
    static void trainWithTwoThreads() throws Exception {
        data = random(shared.resolve("data"));
        final JobFolder job = JobFolder.create(shared.resolve("expected"), job(), cluster("nowhere", 2));
        final List<Ring.Place> places = List.of(Ring.Place.open("127.0.0.1"), Ring.Place.open("127.0.0.1"));
        final List<String> addresses =
                List.of(places.get(0).address(), places.get(1).address());
        final ExecutorService threads = Executors.newFixedThreadPool(2);
        final List<Future<JobFolder.Outcome>> running = new ArrayList<>();
        for (int rank = 0; rank < 2; rank++) {
            final int own = rank;
            running.add(threads.submit(() -> WorkerRun.run(
                    job, places.get(own), own, addresses, new UUID(1, 2), Duration.ofSeconds(60), () -> false)));
        }
        for (final Future<JobFolder.Outcome> one : running) {
            assertThat(one.get()).isEqualTo(JobFolder.Outcome.DONE);
        }
        threads.shutdown();
        expected = job.model();
    }

    private static Dataset random(final Path target) throws IOException {
        final SplittableRandom random = new SplittableRandom(7);
        final DatasetInfo info = new DatasetInfo(
                "random", SAMPLES, Shape.of(40), ElementType.FLOAT32, Scaling.AS_STORED, List.of("a", "b", "c"));
        final ByteBuffer features =
                ByteBuffer.allocate(SAMPLES * info.bytesPerSample()).order(ByteOrder.LITTLE_ENDIAN);
        while (features.hasRemaining()) {
            features.putFloat((float) (2 * random.nextDouble() - 1));
        }
        try (DatasetWriter writer = DatasetWriter.create(target, info)) {
            writer.writeFeatures(features.flip());
            writer.writeLabels(random.ints(SAMPLES, 0, 3).toArray());
            return writer.finish();
        }
    }

    private static TrainingJob job() {
        final Network network = Network.of(
                Shape.of(40),
                List.of(
                        new Layer.Dense(64, Activation.RELU),
                        new Layer.Dropout(0.2),
                        new Layer.Dense(3, Activation.NONE)));
        return new TrainingJob(
                new Model(network, Weights.initial(network, 1), Provenance.of("test")),
                data,
                Optional.of(data),
                Objective.of(new Loss.SparseCategoricalCrossentropy()),
                Update.of(new OptimizerConfig.Adam(1e-3)),
                new TrainingConfig(100, 32, 0, 3, 50, STEPS),
                CallbacksConfig.NONE,
                Compute.singleThreaded());
    }

    private static ClusterConfig cluster(final String master, final int workers) {
        return new ClusterConfig(master, workers, 512, 30, 20);
    }

    private static SparkHome spark(final String version) {
        return SparkHome.of(RELENG.resolve("spark-" + version + "/target"));
    }

    private static SparkRun.Jars jars() {
        return SparkRun.Jars.in(RELENG.resolve("spark/target/jars"));
    }

    /** Does something once, when the run has come to a step. */
    private static TrainingMonitor at(final long step, final Runnable once) {
        return new TrainingMonitor() {
            private boolean isDone;

            @Override
            public boolean goOn(final Progress progress) {
                if (!isDone && progress.stepsDone() >= step) {
                    isDone = true;
                    once.run();
                }
                return true;
            }

            @Override
            public void log(final String line) {}
        };
    }

    private static Stream<ProcessHandle> processes(final String main) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(main));
    }

    private static Stream<ProcessHandle> workers() {
        return processes("CoarseGrainedExecutorBackend");
    }

    @AfterEach
    void nothingKeepsRunning() throws Exception {
        for (final ProcessHandle left : workers().toList()) {
            left.onExit().get(30, TimeUnit.SECONDS);
        }
        assertThat(processes("SparkSubmit")).isEmpty();
    }

    private void assertDone(final JobFolder job) throws IOException {
        for (final String name : expected.weights().names()) {
            assertThat(job.model().weights().get(name))
                    .as(name)
                    .isEqualTo(expected.weights().get(name));
        }
        assertThat(job.log().epochs()).hasSize(7);
        assertThat(job.log().steps()).hasSize(13);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.5", "4.0"})
    void onThisMachineTheWeightsAreThoseOfTwoThreadsAndNobodyOutsideCanReachThem(final String version)
            throws Exception {
        final JobFolder job = JobFolder.create(folder.resolve("job"), job(), cluster(ClusterConfig.THIS_MACHINE, 2));
        final List<String> open = new ArrayList<>();

        assertThat(SparkRun.run(job, spark(version), jars(), at(100, () -> open.addAll(openToOthers()))))
                .isTrue();

        assertDone(job);
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
        try (StandaloneCluster cluster = StandaloneCluster.start(spark(version), folder.resolve("cluster"))) {
            final JobFolder job = JobFolder.create(folder.resolve("job"), job(), cluster(cluster.master(), 2));
            final List<Boolean> killed = new ArrayList<>();

            assertThat(SparkRun.run(
                            job,
                            spark(version),
                            jars(),
                            at(
                                    150,
                                    () -> killed.add(
                                            workers().findFirst().orElseThrow().destroyForcibly()))))
                    .isTrue();

            assertThat(killed).containsExactly(true);
            assertDone(job);
            assertThat(job.log().resumptions()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.5", "4.0"})
    void aRunWhoseDriverIsKilledGoesOnWhenItIsStartedAgain(final String version) throws Exception {
        final ClusterConfig here = cluster(ClusterConfig.THIS_MACHINE, 2);
        final JobFolder job = JobFolder.create(folder.resolve("job"), job(), here);

        assertThatThrownBy(() -> SparkRun.run(job, spark(version), jars(), at(150, () -> processes("SparkSubmit")
                        .forEach(ProcessHandle::destroyForcibly))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("ended with the code 137");
        final JobFolder again = JobFolder.create(folder.resolve("job"), job(), here);
        assertThat(SparkRun.run(again, spark(version), jars(), at(0, () -> {}))).isTrue();

        assertDone(again);
        assertThat(again.log().resumptions()).isNotEmpty();
    }

    @Test
    void aRunThatIsCancelledEndsAndGoesOnLater() throws Exception {
        final ClusterConfig here = cluster(ClusterConfig.THIS_MACHINE, 2);
        final JobFolder job = JobFolder.create(folder.resolve("job"), job(), here);

        assertThat(SparkRun.run(job, spark("4.0"), jars(), new TrainingMonitor() {
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
        try (StandaloneCluster cluster = StandaloneCluster.start(spark("3.5"), folder.resolve("cluster"))) {
            final JobFolder job =
                    JobFolder.create(folder.resolve("job"), job(), new ClusterConfig(cluster.master(), 3, 512, 15, 20));

            assertThatThrownBy(() -> SparkRun.run(job, spark("3.5"), jars(), at(0, () -> {})))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("3 workers of 1 core and 512 MB were wanted, but the master " + cluster.master()
                            + " has places for 2 only; choose fewer workers or less memory, or add machines.");
        }
    }

    @Test
    void aMasterThatIsNotThereIsSaid() throws Exception {
        final JobFolder job = JobFolder.create(folder.resolve("job"), job(), cluster("spark://127.0.0.1:1", 2));

        assertThatThrownBy(() -> SparkRun.run(job, spark("4.0"), jars(), at(0, () -> {})))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "A master of Spark was expected at spark://127.0.0.1:1, but none answers (Connection refused);"
                                + " start it, or correct the address.");
    }

    /** As if a machine had an older copy. */
    @Test
    void dataThatDifferAreSaid() throws Exception {
        final JobFolder job = JobFolder.create(folder.resolve("job"), job(), cluster(ClusterConfig.THIS_MACHINE, 2));
        final Path features;
        try (Stream<Path> files = Files.list(data.folder())) {
            features = files.filter(file -> file.getFileName().toString().contains("features"))
                    .findFirst()
                    .orElseThrow();
        }
        final byte[] before = Files.readAllBytes(features);
        try (FileChannel channel = FileChannel.open(features, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), 0);
        }
        try {
            assertThatThrownBy(() -> SparkRun.run(job, spark("4.0"), jars(), at(0, () -> {})))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The data " + data.folder()
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
