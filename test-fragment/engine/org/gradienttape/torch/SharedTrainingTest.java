package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.gradienttape.torch.SharedRuns.assertAllTheSame;
import static org.gradienttape.torch.SharedRuns.assertEpochsAlike;
import static org.gradienttape.torch.SharedRuns.assertSameWeights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.callback.Schedule;
import org.gradienttape.checkpoint.CheckpointPlan;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.distributed.WorkerThreads;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.AttentionLayer;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Penalty;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.optimizer.GradientClipping;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.RunFiles;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that share each batch learn what one alone learns. */
class SharedTrainingTest {
    private static final int SAMPLES = 1300;
    private static final int BATCH = 32;
    private static final int STEPS = 200;

    @TempDir
    private Path folder;

    private DatasetPair digits;

    @BeforeEach
    void readDigits() throws IOException {
        digits = TestData.mnistHeldOut(folder.resolve("data"), SAMPLES, 70);
    }

    private static Network dense(final Layer... between) {
        return Network.of(
                Shape.of(784),
                Stream.<Stream<Layer>>of(
                                Stream.of(new Layer.Dense(32, Activation.RELU)),
                                Stream.of(between),
                                Stream.of(new Layer.Dense(10, Activation.NONE)))
                        .flatMap(layers -> layers)
                        .toList());
    }

    private static Network attention(final WeightSettings settings) {
        return dense(
                new Layer.Reshape(Shape.of(4, 8)),
                new AttentionLayer.MultiHeadAttention(2, 3, 3, 0, true, false, settings),
                new Layer.Flatten());
    }

    private static Network lstm() {
        return Network.of(
                Shape.of(784),
                List.of(
                        new Layer.Reshape(Shape.of(28, 28)),
                        new RecurrentLayer.LSTM(
                                16,
                                Activation.TANH,
                                Activation.SIGMOID,
                                true,
                                true,
                                0.2,
                                0,
                                false,
                                false,
                                Initializer.ORTHOGONAL,
                                WeightSettings.DEFAULT),
                        new Layer.Dense(10, Activation.NONE)));
    }

    private TrainingJob job(final Network network, final Update update, final Schedule schedule, final int batch) {
        return new TrainingJob(
                TestData.fresh(network, 1),
                digits.training(),
                digits.heldOut(),
                new Objective(
                        new Loss.SparseCategoricalCrossentropy(),
                        new MetricsConfig(Set.of(MetricsConfig.Kind.values()), 3)),
                update,
                new TrainingConfig(10, batch, 100, 5, 1, STEPS),
                new CallbacksConfig(
                        schedule,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        CallbacksConfig.NONE.nonFiniteLoss()),
                TestDevice.compute(Execution.COMPILED));
    }

    private static List<TrainedModel> trained(final int workers, final TrainingJob job) throws Exception {
        return WorkerThreads.run(workers, all -> Training.run(job, all, RunFiles.NONE, TestData.PATIENT));
    }

    static Stream<Arguments> updates() {
        final Update sgd = Update.of(new OptimizerConfig.Sgd(0.01, 0, false));
        final Update adam = Update.of(new OptimizerConfig.Adam(1e-3));
        return Stream.of(
                Arguments.of("SGD", 2, dense(), sgd, new Schedule.Constant(), BATCH),
                Arguments.of("Adam, dropout", 2, dense(new Layer.Dropout(0.3)), adam, new Schedule.Constant(), BATCH),
                Arguments.of(
                        "regularization, 4 workers",
                        4,
                        dense(new Layer.ActivityRegularization(1e-4, 1e-4), new Layer.Dropout(0.2)),
                        adam,
                        new Schedule.Constant(),
                        BATCH),
                Arguments.of(
                        "regularization of each product of attention, a worker without samples",
                        4,
                        attention(new WeightSettings(
                                Initializer.GLOROT_UNIFORM,
                                Initializer.ZEROS,
                                Penalty.NONE,
                                Penalty.NONE,
                                new Penalty(1e-3, 1e-3))),
                        adam,
                        new Schedule.Constant(),
                        3),
                Arguments.of(
                        "clipping",
                        2,
                        dense(),
                        new Update(
                                new OptimizerConfig.Sgd(0.1, 0, false),
                                new GradientClipping(GradientClipping.Kind.GLOBAL_NORM, 0.5)),
                        new Schedule.Constant(),
                        BATCH),
                Arguments.of(
                        "clipping of each weight, schedule",
                        3,
                        dense(),
                        new Update(
                                new OptimizerConfig.Adam(1e-3), new GradientClipping(GradientClipping.Kind.NORM, 0.1)),
                        new Schedule.WarmUp(10, 0, new Schedule.Cosine(200, 0.1)),
                        BATCH),
                Arguments.of("LSTM", 3, lstm(), sgd, new Schedule.Constant(), BATCH),
                Arguments.of("LSTM, a worker without samples", 4, lstm(), sgd, new Schedule.Constant(), 3),
                Arguments.of(
                        "workers without samples", 4, dense(new Layer.Dropout(0.3)), adam, new Schedule.Constant(), 3));
    }

    /** In each pass the last batch has 14 samples of 32, or 1 of 3. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("updates")
    void lossesAreThoseOfOneWorker(
            final String name,
            final int workers,
            final Network network,
            final Update update,
            final Schedule schedule,
            final int batch)
            throws Exception {
        final TrainingJob job = job(network, update, schedule, batch);
        final TrainingLog alone = Training.run(job, TestData.PATIENT).log();

        final List<TrainedModel> shared = trained(workers, job);

        final TrainingLog log = shared.get(0).log();
        assertThat(log.steps()).hasSize(STEPS);
        for (int step = 0; step < STEPS; step++) {
            final double expected = alone.steps().get(step).losses().get(0);
            assertThat(log.steps().get(step).losses().get(0))
                    .as("step " + step)
                    .isCloseTo(expected, within(1e-6 * expected));
        }
        assertEpochsAlike(log, alone);
        assertAllTheSame(shared);
    }

    private Network withStatistics() {
        return dense(new NormalizationLayer.BatchNormalization(), new Layer.Dropout(0.3));
    }

    private TrainingJob withStatistics(final Execution execution) {
        return TestData.by(
                execution,
                job(withStatistics(), Update.of(new OptimizerConfig.Adam(1e-3)), new Schedule.Constant(), BATCH));
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void theSameSeedAndNumberOfWorkersGiveTheSameBits(final Execution execution) throws Exception {
        final TrainingJob job = withStatistics(execution);

        final List<TrainedModel> first = trained(2, job);
        final List<TrainedModel> again = trained(2, job);

        assertSameWeights(again.get(0).model(), first.get(0).model());
        assertSameWeights(again.get(1).model(), first.get(0).model());
        assertThat(again.get(0).log().steps()).isEqualTo(first.get(0).log().steps());
    }

    /** The statistics are those of each worker's samples; their mean moves as that of the batch would. */
    @Test
    void movingMeansAreThoseOfTheWholeBatch() throws Exception {
        final Update still = Update.of(new OptimizerConfig.Sgd(1e-30, 0, false));
        final TrainingJob job = job(withStatistics(), still, new Schedule.Constant(), BATCH);

        final float[] shared = trained(3, job).get(0).model().weights().get("batch_normalization/moving_mean");

        final float[] alone =
                Training.run(job, TestData.PATIENT).model().weights().get("batch_normalization/moving_mean");
        for (int i = 0; i < alone.length; i++) {
            assertThat(shared[i]).isCloseTo(alone[i], within(1e-5f));
        }
    }

    /** Of three workers, one has 10 of 32 samples, the others 11. */
    @ParameterizedTest
    @CsvSource({
        "STEPS, 2, COMPILED",
        "STEPS, 3, COMPILED",
        "STEPS, 3, EAGER",
        "EPOCHS, 2, COMPILED",
        "MINUTES, 2, COMPILED"
    })
    void aRunThatEndedGoesOnToTheSameBits(final CheckpointPlan.Unit unit, final int size, final Execution execution)
            throws Exception {
        final TrainingJob job = withStatistics(execution);
        final List<TrainedModel> expected = trained(size, job);
        final RunFiles files =
                RunFiles.of(new CheckpointPlan(folder.resolve("checkpoints"), 1, unit, CheckpointPlan.Resume.IF_THERE));

        final List<TrainedModel> stopped = WorkerThreads.run(
                size, workers -> Training.run(job, workers, files, stoppingAt(90, workers.isFirst())));
        final List<TrainedModel> resumed =
                WorkerThreads.run(size, workers -> Training.run(job, workers, files, TestData.PATIENT));

        assertThat(stopped.get(0).log().stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(resumed.get(0).log().resumptions()).hasSize(1);
        for (final TrainedModel one : resumed) {
            assertThat(one.log().steps()).isEqualTo(expected.get(0).log().steps());
            assertSameWeights(one.model(), expected.get(0).model());
        }
    }

    /** Where only one of them is asked to. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allStopAtTheSameStep(final boolean firstWantsIt) throws Exception {
        final TrainingJob job = withStatistics(Execution.COMPILED);

        final List<TrainedModel> stopped = WorkerThreads.run(
                2,
                workers ->
                        Training.run(job, workers, RunFiles.NONE, stoppingAt(70, workers.isFirst() == firstWantsIt)));

        assertThat(stopped.get(0).log().stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(stopped.get(0).log().steps()).hasSize(71);
        assertThat(stopped.get(1).log().steps()).isEqualTo(stopped.get(0).log().steps());
    }

    private static TrainingMonitor stoppingAt(final long step, final boolean stops) {
        return new TrainingMonitor() {
            @Override
            public boolean goOn(final Progress progress) {
                return !stops || progress.stepsDone() < step;
            }

            @Override
            public void log(final String line) {}
        };
    }

    @Test
    void aCheckpointOfAnotherNumberOfWorkersIsRefused() throws Exception {
        final TrainingJob job = withStatistics(Execution.COMPILED);
        final RunFiles files = RunFiles.of(new CheckpointPlan(
                folder.resolve("checkpoints"), 50, CheckpointPlan.Unit.STEPS, CheckpointPlan.Resume.IF_THERE));
        WorkerThreads.run(2, workers -> Training.run(job, workers, files, TestData.PATIENT));

        assertThatThrownBy(() -> Training.run(job, files, TestData.PATIENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is of another run: the number of workers is gone");
    }
}
