package org.gradienttape.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.cluster.ClusterConfig;
import org.gradienttape.cluster.JobFolder;
import org.gradienttape.cluster.SparkRun;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.torch.training.TrainingJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on workers ends in one sentence, in time, and the checkpoints stay. */
class SparkTroubleTest {
    private static SmallRun small;

    @TempDir
    private Path folder;

    @BeforeAll
    static void computeWhatIsExpected() throws Exception {
        small = SmallRun.get();
    }

    /** Under this path each process sees its own folder: the driver that of the run, a worker that of its work. */
    @Test
    void aFolderThatAWorkerDoesNotSeeIsSaidWithItsName() throws Exception {
        final Path here = Files.createTempDirectory(Path.of("target"), "job");
        final Path seen = Path.of("/proc/self/cwd").resolve(here);
        final JobFolder job = SmallRun.create(seen, small.job(), SmallRun.cluster(ClusterConfig.THIS_MACHINE, 2));

        assertThatThrownBy(() -> SparkRun.run(job, SmallRun.spark("4.0"), SmallRun.jars(), SmallRun.at(0, () -> {})))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The folder " + seen + " of the run must be seen by all workers under this path, but worker 0"
                                + " on 127.0.0.1 does not see it; choose a shared folder that all machines have.");
    }

    @Test
    void aWorkerWithTooLittleMemorySaysSo() throws Exception {
        final Network large = Network.of(
                Shape.of(40),
                List.of(
                        new Layer.Dense(8000, Activation.RELU),
                        new Layer.Dense(8000, Activation.RELU),
                        new Layer.Dense(3, Activation.NONE)));
        final TrainingJob usual = small.job();
        final TrainingJob job = new TrainingJob(
                new Model(large, Weights.initial(large, 1), Provenance.of("test")),
                usual.training(),
                Optional.empty(),
                usual.objective(),
                usual.update(),
                usual.config(),
                CallbacksConfig.NONE,
                usual.compute());
        final JobFolder run =
                SmallRun.create(folder.resolve("job"), job, SmallRun.cluster(ClusterConfig.THIS_MACHINE, 2));

        assertThatThrownBy(() -> SparkRun.run(run, SmallRun.spark("4.0"), SmallRun.jars(), SmallRun.at(0, () -> {})))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("Worker \\d has not enough memory for the run \\(.*\\); give each worker more, or"
                        + " choose a smaller batch size\\.");
    }

    /** As if the network to it were cut: it neither answers nor ends. */
    @Test
    void aWorkerThatDoesNotAnswerIsGivenUpAndReplaced() throws Exception {
        final JobFolder job = SmallRun.create(
                folder.resolve("job"), small.job(), new ClusterConfig(ClusterConfig.THIS_MACHINE, 2, 512, 6, 20));
        final long start = System.nanoTime();
        final List<ProcessHandle> stopped = new ArrayList<>();

        try {
            SparkRun.run(
                    job,
                    SmallRun.spark("4.0"),
                    SmallRun.jars(),
                    SmallRun.at(
                            100,
                            () -> stopped.add(
                                    stop(SmallRun.workers().findFirst().orElseThrow()))));
            small.assertDone(job);
        } catch (final InvalidInputException givenUp) {
            assertThat(givenUp).hasMessageContaining("start it again");
        } finally {
            stopped.forEach(ProcessHandle::destroyForcibly); // one that is stopped ends by nothing else
        }

        assertThat(job.checkpointNames()).contains("checkpoint-");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(3));
    }

    private static ProcessHandle stop(final ProcessHandle worker) {
        try {
            assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(worker.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            return worker;
        } catch (final IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /**
     * Whoever starts a run may be killed; then nothing of it goes on. Until then nobody outside reaches it, even where the
     * environment tells Spark to listen on all addresses.
     */
    @Test
    void driverAndWorkersEndWithTheProcessThatStartedThemAndListenOnLoopbackAlone() throws Exception {
        final Path place = folder.resolve("job");
        SmallRun.create(place, small.job(), SmallRun.cluster(ClusterConfig.THIS_MACHINE, 2));
        final ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dgradienttape.root=" + System.getProperty("gradienttape.root"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName(),
                        place.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("SPARK_LOCAL_HOSTNAME", "0.0.0.0");
        final Process starter = builder.start();
        assertThat(starter.inputReader().readLine()).isEqualTo(Starter.TRAINING);
        final List<ProcessHandle> all = starter.descendants().toList();
        final List<String> open = SmallRun.openToOthers(starter.toHandle());

        starter.destroyForcibly().onExit().get();

        assertThat(open).isEmpty();
        assertThat(all).hasSizeGreaterThanOrEqualTo(3);
        for (final ProcessHandle process : all) {
            process.onExit().get(60, TimeUnit.SECONDS);
        }
        assertThat(new JobFolder(place).checkpointNames()).contains("checkpoint-");
    }

    /** Starts the run of a folder, in a process of its own, and says when there must be a checkpoint. */
    static final class Starter {
        private static final String TRAINING = "training";

        private Starter() {}

        public static void main(final String[] arguments) throws IOException {
            SparkRun.run(
                    new JobFolder(Path.of(arguments[0])),
                    SmallRun.spark("4.0"),
                    SmallRun.jars(),
                    SmallRun.at(150, () -> System.out.println(TRAINING)));
        }
    }
}
