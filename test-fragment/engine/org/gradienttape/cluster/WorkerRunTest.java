package org.gradienttape.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.checkpoint.FolderLock;
import org.gradienttape.data.Dataset;
import org.gradienttape.distributed.Ring;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.TestData;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers of one process that speak to each other over loopback. */
class WorkerRunTest {
    private static final int LIMIT_SECONDS = 3;

    @TempDir
    private Path folder;

    private Dataset data;

    @BeforeEach
    void makeData() throws IOException {
        data = TestData.random(folder.resolve("data"), Shape.of(40), 3, 1000, 7);
    }

    private JobFolder create(final String name) throws IOException {
        return create(name, 16);
    }

    private JobFolder create(final String name, final int units) throws IOException {
        final Network network = Network.of(
                Shape.of(40),
                List.of(
                        new Layer.Dense(units, Activation.RELU),
                        new Layer.Dropout(0.2),
                        new Layer.Dense(3, Activation.NONE)));
        final TrainingJob job = new TrainingJob(
                TestData.fresh(network, 1),
                data,
                Optional.empty(),
                Objective.of(new Loss.SparseCategoricalCrossentropy()),
                Update.of(new OptimizerConfig.Adam(1e-3)),
                new TrainingConfig(100, 32, 0, 3, 50, 300),
                CallbacksConfig.NONE,
                Compute.singleThreaded());
        try (RunPlace place = RunPlace.take(folder.resolve(name))) {
            return JobFolder.create(
                    place, job, OwnCode.NONE, new ClusterConfig("spark://nowhere:7077", 2, 512, LIMIT_SECONDS, 20));
        }
    }

    /**
     * Runs both.
     *
     * @param between makes of each worker's address the one that the other is told
     */
    private static List<JobFolder.Outcome> run(final JobFolder job, final Between between) throws Exception {
        final List<Ring.Place> places = List.of(Ring.Place.open("127.0.0.1"), Ring.Place.open("127.0.0.1"));
        final List<String> addresses = List.of(
                between.of(places.get(0).address()), between.of(places.get(1).address()));
        final ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            final List<Future<JobFolder.Outcome>> running = new ArrayList<>();
            for (int rank = 0; rank < 2; rank++) {
                final int own = rank;
                running.add(threads.submit(() -> WorkerRun.run(
                        job,
                        places.get(own),
                        own,
                        addresses,
                        new UUID(1, 2),
                        Duration.ofSeconds(LIMIT_SECONDS),
                        () -> false)));
            }
            final List<JobFolder.Outcome> outcomes = new ArrayList<>();
            for (final Future<JobFolder.Outcome> one : running) {
                outcomes.add(one.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    @FunctionalInterface
    private interface Between {
        String of(String address) throws IOException;
    }

    /** After about 100 of 300 steps nothing comes through in either direction, and no connection is closed. */
    @Test
    void aNetworkThatIsCutEndsBothInOneSentenceAndTheRunGoesOnFromItsCheckpoint() throws Exception {
        final JobFolder undisturbed = create("undisturbed");
        assertThat(run(undisturbed, address -> address)).containsOnly(JobFolder.Outcome.DONE);
        final JobFolder job = create("job");
        final long start = System.nanoTime();

        final List<JobFolder.Outcome> outcomes;
        try (StoppingProxy network = new StoppingProxy(700_000)) {
            outcomes = run(job, network::before);
            assertThat(network.hasStopped()).isTrue();
        }

        assertThat(outcomes).allSatisfy(outcome -> {
            assertThat(outcome.ending()).isEqualTo(JobFolder.Ending.LOST);
            assertThat(outcome.sentence())
                    .matches("Worker [01] of 2 lost another one: (it has not answered for 3 seconds"
                            + "|its connection was closed|Connection reset)\\.");
        });
        assertThat(outcomes.toString()).contains("it has not answered for 3 seconds");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(job.checkpointNames()).contains("checkpoint-");

        assertThat(run(job, address -> address)).containsOnly(JobFolder.Outcome.DONE);
        assertThat(job.log().resumptions()).hasSize(1);
        assertSameWeights(job.model(), undisturbed.model());
    }

    private static void assertSameWeights(final Model found, final Model expected) {
        for (final String name : expected.weights().names()) {
            assertThat(found.weights().get(name))
                    .as(name)
                    .isEqualTo(expected.weights().get(name));
        }
    }

    @Test
    void aRunOfAnotherModelInTheFolderIsRefusedAndTheOneThatWasThereIsKept() throws Exception {
        final JobFolder first = create("job");
        assertThat(run(first, address -> address)).containsOnly(JobFolder.Outcome.DONE);
        final Model trained = first.model();
        final String checkpoints = first.checkpointNames();

        final List<JobFolder.Outcome> refused = run(create("job", 17), address -> address);

        assertThat(refused)
                .anySatisfy(outcome -> assertThat(outcome.sentence())
                        .startsWith("The checkpoint in " + first.checkpoints().folder() + " is of another run: ")
                        .endsWith("."))
                .noneSatisfy(outcome -> assertThat(outcome).isEqualTo(JobFolder.Outcome.DONE));
        assertThat(first.checkpointNames()).isEqualTo(checkpoints).contains("checkpoint-");
        assertThat(run(create("job"), address -> address)).containsOnly(JobFolder.Outcome.DONE);
        assertSameWeights(first.model(), trained);
    }

    @Test
    void dataThatAWorkerDoesNotSeeAreSaidWithItsName() throws Exception {
        final JobFolder job = create("job");
        final Path here = data.folder().toAbsolutePath();
        Files.move(here, folder.resolve("elsewhere"));

        assertThat(job.trouble("worker 1 on 10.0.0.2"))
                .contains("The data " + here + " must be seen by all workers under this path, but worker 1 on 10.0.0.2"
                        + " does not see them; put them into a shared folder that all machines have.");
    }

    /** Before they have found each other. */
    @Test
    void workersThatCannotReachEachOtherSaySo() throws Exception {
        final JobFolder job = create("job");

        final List<JobFolder.Outcome> outcomes;
        try (StoppingProxy network = new StoppingProxy(0)) {
            outcomes = run(job, network::before);
        }

        assertThat(outcomes).allSatisfy(outcome -> {
            assertThat(outcome.ending()).isEqualTo(JobFolder.Ending.LOST);
            assertThat(outcome.sentence())
                    .matches("Worker [01] of 2 could not be connected with the others within 3 seconds: .*\\.");
        });
    }

    /** One that was cut off, say, while Spark has not ended it yet: the run goes on when it has. */
    @Test
    void aWorkerThatFindsAnEarlierOneIsLostAndNotRefused() throws Exception {
        final JobFolder job = create("job");
        final Path checkpoints = Files.createDirectories(job.checkpoints().folder());

        final FolderLock earlier = FolderLock.take(checkpoints);
        final List<JobFolder.Outcome> outcomes = run(job, address -> address);
        earlier.close();

        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome.ending()).isEqualTo(JobFolder.Ending.LOST))
                .anySatisfy(outcome -> assertThat(outcome.sentence())
                        .isEqualTo("An earlier worker of this run does not answer and has not ended yet."));
        assertThat(run(job, address -> address)).containsOnly(JobFolder.Outcome.DONE);
    }
}
