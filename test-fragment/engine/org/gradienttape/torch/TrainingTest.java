package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.SampleBatches;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.feed.SampleFeed;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingTest {
    private static final OptimizerConfig ADAM = new OptimizerConfig.Adam(0.01);

    private static final Network WIDE = Network.of(
            Shape.of(20),
            List.of(
                    new Layer.Dense(1536, Activation.RELU),
                    new Layer.Dropout(0.2),
                    new Layer.Dense(1536, Activation.RELU),
                    new Layer.Dense(4, Activation.NONE)));

    private final Network network = Network.of(
            Shape.of(20),
            List.of(
                    new Layer.Dense(32, Activation.RELU),
                    new Layer.Dropout(0.2),
                    new Layer.ActivityRegularization(1e-4, 1e-4),
                    new Layer.Dense(4, Activation.NONE)));

    @TempDir
    private Path folder;

    private Dataset data;

    @BeforeEach
    void writeData() throws IOException {
        data = TestData.random(folder.resolve("data"), Shape.of(20), 4, 200, 1);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void overfitsEightSamples(final Execution execution) throws IOException {
        final Dataset eight = TestData.random(folder.resolve("eight"), Shape.of(20), 4, 8, 2);
        final Network plain = Network.of(
                Shape.of(20), List.of(new Layer.Dense(32, Activation.RELU), new Layer.Dense(4, Activation.NONE)));

        final TrainingLog log = Training.run(
                        TestData.by(
                                execution,
                                TestData.job(
                                        TestData.fresh(plain, 0), eight, ADAM, new TrainingConfig(200, 8, 0, 0, 1))),
                        TestData.PATIENT)
                .log();

        final TrainingLog.EpochRow last = log.epochs().get(199);
        assertThat(last.loss()).isLessThan(0.01);
        assertThat(last.metrics()).containsExactly(1.0);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void leavesTheGivenModelAsItIs(final Execution execution) {
        final Model model = TestData.fresh(network, 5);

        final TrainedModel trained = Training.run(job(model, 5, 1, execution), TestData.PATIENT);

        assertThat(model.weights()).isEqualTo(TestData.fresh(network, 5).weights());
        assertThat(trained.model().weights()).isNotEqualTo(model.weights());
        assertThat(trained.model().network()).isEqualTo(network);
        assertThat(trained.model().provenance().dataset()).contains("random");
        assertThat(trained.model().provenance().settings()).hasEntrySatisfying("compute", compute -> assertThat(compute)
                .startsWith("PyTorch 2.7.1")
                .contains(" (DJL 0.36.0) on "));
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void givesTheSameWeightsForTheSameSeedBitForBit(final Execution execution) {
        final TrainedModel once = Training.run(job(TestData.fresh(network, 5), 5, 1, execution), TestData.PATIENT);
        final TrainedModel again = Training.run(job(TestData.fresh(network, 5), 5, 1, execution), TestData.PATIENT);
        final TrainedModel other = Training.run(job(TestData.fresh(network, 5), 6, 1, execution), TestData.PATIENT);

        assertThat(again.model().weights()).isEqualTo(once.model().weights());
        assertThat(again.log().steps()).isEqualTo(once.log().steps());
        assertThat(other.model().weights()).isNotEqualTo(once.model().weights());
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void smallLayersAreComputedByOneThreadOfMany(final Execution execution) {
        final Set<Integer> threads = new TreeSet<>();

        final TrainedModel many =
                Training.run(job(TestData.fresh(network, 5), 5, 4, execution), countingThreads(threads));

        assertThat(threads).containsExactly(1);
        assertThat(many.model().weights())
                .isEqualTo(Training.run(job(TestData.fresh(network, 5), 5, 1, execution), TestData.PATIENT)
                        .model()
                        .weights());
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void wideLayersAreComputedByAllThreads(final Execution execution) {
        final Set<Integer> threads = new TreeSet<>();

        Training.run(job(TestData.fresh(WIDE, 5), 5, 2, execution), countingThreads(threads));

        assertThat(threads).contains(2);
    }

    /** Takes the engine's threads after each step. */
    private static TrainingMonitor countingThreads(final Set<Integer> threads) {
        return new Impatient(progress -> progress.stepsDone() == 0 || threads.add(JniUtils.getNumThreads()) || true);
    }

    /** The engine splits its work among threads, if it has several. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void givesTheSameWeightsBesideOtherTrainingsAsAlone(final Execution execution) throws Exception {
        final List<TrainingJob> jobs = List.of(
                job(TestData.fresh(WIDE, 1), 1, 1, execution),
                job(TestData.fresh(WIDE, 2), 2, 2, execution),
                job(TestData.fresh(WIDE, 3), 3, 1, execution));
        final List<TrainedModel> alone =
                jobs.stream().map(job -> Training.run(job, TestData.PATIENT)).toList();

        final ExecutorService pool = Executors.newFixedThreadPool(jobs.size());
        try {
            final List<Future<TrainedModel>> together = pool.invokeAll(jobs.stream()
                    .map(job -> (Callable<TrainedModel>) () -> Training.run(job, TestData.PATIENT))
                    .toList());

            for (int i = 0; i < jobs.size(); i++) {
                assertThat(together.get(i).get().model().weights())
                        .isEqualTo(alone.get(i).model().weights());
                assertThat(together.get(i).get().log().steps())
                        .isEqualTo(alone.get(i).log().steps());
            }
        } finally {
            pool.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void keepsWhatWasTrainedWhenItIsCancelled(final Execution execution) {
        final int before = NativeArrays.count();
        final Model model = TestData.fresh(network, 0);

        final TrainedModel stopped =
                Training.run(job(model, 0, 1, execution), new Impatient(progress -> progress.step() < 3));

        assertThat(NativeArrays.count()).isEqualTo(before);
        assertThat(stopped.log().stopReason()).isEqualTo(StopReason.CANCELLED);
        // Compiled code takes up to 2 batches in its second or third call; nothing is stopped within a call.
        assertThat(stopped.log().steps()).hasSizeBetween(3, execution == Execution.EAGER ? 3 : 4);
        assertThat(stopped.model().weights()).isNotEqualTo(model.weights());
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void leavesNoArrayBehindAfterAnError(final Execution execution) {
        final int before = NativeArrays.count();
        final TrainingMonitor broken = new Impatient(progress -> {
            if (progress.step() >= 2) {
                throw new IllegalStateException("on purpose");
            }
            return true;
        });

        assertThatThrownBy(() -> Training.run(job(TestData.fresh(network, 0), 0, 1, execution), broken))
                .hasMessage("on purpose");
        assertThat(NativeArrays.count()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void saysWhereTheLossStoppedBeingANumber(final Execution execution) {
        final int before = NativeArrays.count();
        final TrainingJob job = TestData.by(
                execution,
                TestData.job(
                        TestData.fresh(network, 0),
                        data,
                        new OptimizerConfig.Sgd(1e30),
                        new TrainingConfig(2, 50, 1, 0, 1)));

        assertThatThrownBy(() -> Training.run(job, TestData.PATIENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching(
                        "The loss must stay a finite number, but it became (NaN|Infinity) in epoch 0, step 1;"
                                + " choose a smaller learning rate, .*");
        assertThat(NativeArrays.count()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void saysWhatTheEngineRefused(final Execution execution) {
        assertThat(refusal(
                        "not enough memory: you tried to allocate 4096 bytes.\nException raised from ...", execution))
                .isEqualTo("The engine could not compute this: not enough memory: you tried to allocate 4096 bytes;"
                        + " choose a smaller batch size, a smaller model or another device.");
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void advisesNothingSmallerWhereMemoryIsNotTheReason(final Execution execution) {
        assertThat(refusal("CUDA error: no kernel image is available", execution))
                .isEqualTo("The engine could not compute this: CUDA error: no kernel image is available");
    }

    /** What is said if the engine says this in the midst of a run. */
    private String refusal(final String ofEngine, final Execution execution) {
        final TrainingMonitor refusing = new Impatient(progress -> {
            throw new EngineException(ofEngine);
        });
        return catchThrowableOfType(
                        InvalidInputException.class,
                        () -> Training.run(job(TestData.fresh(network, 0), 0, 1, execution), refusing))
                .getMessage();
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void leavesTheThreadAsItWas(final Execution execution) {
        final int threads = JniUtils.getNumThreads();
        final boolean gradients = JniUtils.isGradMode();

        Training.run(job(TestData.fresh(network, 0), 0, threads + 1, execution), TestData.PATIENT);

        assertThat(JniUtils.getNumThreads()).isEqualTo(threads);
        assertThat(JniUtils.isGradMode()).isEqualTo(gradients);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void saysWhatToDoWithoutAGpu(final Execution execution) {
        final TrainingJob job = job(TestData.fresh(network, 0), 0, 1, execution);
        final TrainingJob onGpu = new TrainingJob(
                job.model(),
                job.training(),
                job.validation(),
                job.objective(),
                job.update(),
                job.config(),
                job.callbacks(),
                new Compute(Device.GPU, 1, execution));

        if (TorchEngine.start().resolve(Device.AUTOMATIC).isGpu()) {
            assertThat(Training.run(onGpu, TestData.PATIENT).log().epochs()).hasSize(2);
        } else {
            assertThatThrownBy(() -> Training.run(onGpu, TestData.PATIENT))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("finds no GPU")
                    .hasMessageContaining("choose Automatic or CPU")
                    .hasMessageContaining("PYTORCH_LIBRARY_PATH");
        }
    }

    @Test
    void refusesABatchOfMoreThanTwoGibibytes() throws IOException {
        final Dataset wide = TestData.random(folder.resolve("wide"), Shape.of(1_000_000), 2, 2, 0);
        final TrainingJob job = TestData.job(
                TestData.fresh(Network.of(Shape.of(1_000_000), List.of(new Layer.Dense(2, Activation.NONE))), 0),
                wide,
                ADAM,
                new TrainingConfig(1, Integer.MAX_VALUE, 0, 0, 1));

        // Only 2 samples are there, so that a batch never holds more.
        assertThat(Training.run(job, TestData.PATIENT).log().epochs()).hasSize(1);
        assertThatThrownBy(() -> new SampleFeed(SampleBatches.of(wide), 600, true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "A batch may take at most 2 GiB, but 600 samples of 4000000 bytes take more; choose a smaller"
                                + " batch size.");
    }

    private TrainingJob job(final Model model, final long seed, final int threads, final Execution execution) {
        return new TrainingJob(
                model,
                data,
                Optional.of(data),
                Objective.of(new Loss.SparseCategoricalCrossentropy()),
                Update.of(ADAM),
                new TrainingConfig(2, 32, 0, seed, 1),
                CallbacksConfig.NONE,
                new Compute(TestDevice.compute().device(), threads, execution));
    }

    private record Impatient(Predicate<Progress> patience) implements TrainingMonitor {
        @Override
        public boolean goOn(final Progress progress) {
            return patience.test(progress);
        }

        @Override
        public void log(final String line) {}
    }
}
