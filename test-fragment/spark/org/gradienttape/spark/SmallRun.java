package org.gradienttape.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.cluster.ClusterConfig;
import org.gradienttape.cluster.JobFolder;
import org.gradienttape.cluster.RunPlace;
import org.gradienttape.cluster.SparkHome;
import org.gradienttape.cluster.SparkRun;
import org.gradienttape.cluster.WorkerRun;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.distributed.Ring;
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
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingMonitor;

/**
 * A small run, and the weights that it ends with.
 *
 * @param data samples of noise
 * @param expected what two workers that are threads of this process make
 */
record SmallRun(Dataset data, Model expected) {
    private static final Path RELENG = Path.of(System.getProperty("gradienttape.root"), "releng");
    private static final int SAMPLES = 2000;
    /** So many that a run is not over between two looks at its progress, which come every 200 ms. */
    private static final int STEPS = 2000;

    /** Made once for all tests. */
    private static SmallRun made;

    /** The run, whose data stay in the folder of the build. */
    static synchronized SmallRun get() throws Exception {
        if (made == null) {
            made = in(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "small"));
        }
        return made;
    }

    private static SmallRun in(final Path folder) throws Exception {
        final Dataset data = random(folder.resolve("data"));
        final JobFolder job = create(folder.resolve("expected"), job(data), cluster("spark://nowhere:7077", 2));
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
        return new SmallRun(data, job.model());
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

    TrainingJob job() {
        return job(data);
    }

    /** The same with a copy of the data. */
    static TrainingJob job(final Dataset data) {
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

    /** The folder of a run that nobody else has. */
    static JobFolder create(final Path folder, final TrainingJob job, final ClusterConfig cluster) throws IOException {
        try (RunPlace place = RunPlace.take(folder)) {
            return JobFolder.create(place, job, OwnCode.NONE, cluster);
        }
    }

    static ClusterConfig cluster(final String master, final int workers) {
        return new ClusterConfig(master, workers, 512, 30, 20);
    }

    /** One of the Java files that the trainers offer. */
    static String template(final String name) throws IOException {
        return Files.readString(RELENG.resolveSibling("templates").resolve(name + ".java"));
    }

    static SparkHome spark(final String version) {
        return SparkHome.of(RELENG.resolve("spark-" + version + "/target"));
    }

    static SparkRun.Jars jars() {
        return SparkRun.Jars.in(RELENG.resolve("spark/target/jars"));
    }

    /** Does something once, when the run has come to a step. */
    static TrainingMonitor at(final long step, final Runnable once) {
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

    static Stream<ProcessHandle> processes(final String main) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(main));
    }

    static Stream<ProcessHandle> workers() {
        return processes("CoarseGrainedExecutorBackend");
    }

    /** Ports of a process and those below it that listen on another address than loopback, as the kernel of Linux tells. */
    static List<String> openToOthers(final ProcessHandle top) {
        try {
            final List<String> own = new ArrayList<>();
            for (final ProcessHandle process : top.descendants().toList()) {
                own.addAll(openFiles(process));
            }

            final List<String> open = new ArrayList<>();
            for (final String kind : List.of("tcp", "tcp6")) {
                for (final String line : Files.readAllLines(Path.of("/proc/net", kind))) {
                    final String[] fields = line.trim().split("\\s+");
                    final boolean listens = fields[3].equals("0A");
                    if (listens && own.contains("socket:[" + fields[9] + "]") && !fields[1].contains("0100007F:")) {
                        open.add(fields[1]);
                    }
                }
            }
            return open;
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What a process has open; a file that it closes while this reads, and a process that ends, listen no more. */
    private static List<String> openFiles(final ProcessHandle process) throws IOException {
        final List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/fd"))) {
            for (final Path entry : entries) {
                try {
                    files.add(Files.readSymbolicLink(entry).toString());
                } catch (final NoSuchFileException closed) {
                    continue;
                }
            }
        } catch (final NoSuchFileException ended) {
            return List.of();
        }
        return files;
    }

    void assertDone(final JobFolder job) throws IOException {
        for (final String name : expected.weights().names()) {
            assertThat(job.model().weights().get(name))
                    .as(name)
                    .isEqualTo(expected.weights().get(name));
        }
        assertThat(job.log().epochs()).hasSize(32);
        assertThat(job.log().steps()).hasSize(63);
    }

    /** Runs on a master, of whose workers one is killed in the middle. */
    void assertReplacesAKilledWorker(final Path folder, final SparkHome spark, final StandaloneCluster cluster)
            throws IOException {
        final JobFolder job = create(folder, job(), cluster(cluster.master(), 2));
        final List<Boolean> killed = new ArrayList<>();

        assertThat(SparkRun.run(
                        job,
                        spark,
                        jars(),
                        at(
                                150,
                                () -> killed.add(
                                        workers().findFirst().orElseThrow().destroyForcibly()))))
                .isTrue();

        assertThat(killed).containsExactly(true);
        assertThat(job.log().resumptions()).isNotEmpty();
        assertDone(job);
    }
}
