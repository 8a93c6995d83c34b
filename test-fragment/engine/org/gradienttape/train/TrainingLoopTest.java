package org.gradienttape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import org.gradienttape.callback.Callbacks;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.callback.EarlyStoppingConfig;
import org.gradienttape.callback.Schedule;
import org.gradienttape.callback.Schedule.Exponential.Form;
import org.gradienttape.callback.Watch;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.metric.Predictions;
import org.gradienttape.metric.SparseCategoricalAccuracy;
import org.gradienttape.metric.Targets;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.junit.jupiter.api.Test;

class TrainingLoopTest {
    private static final Network LAYER = Network.of(Shape.of(1), List.of(new Layer.Dense(1, Activation.NONE)));
    private static final Model SOME_MODEL = new Model(LAYER, Weights.initial(LAYER, 0), Provenance.of("test"));

    private final RecordingStep step = new RecordingStep(number -> 1.5);
    private final RecordingMonitor monitor = new RecordingMonitor(progress -> true);

    @Test
    void logsTheStepsOfTheGuide() {
        final TrainingLog log = run(50_000, 0, new TrainingConfig(2, 64, 1024, 0, 200));

        assertThat(log.steps())
                .extracting(TrainingLog.StepRow::epoch, TrainingLog.StepRow::step, TrainingLog.StepRow::samplesSeen)
                .containsExactly(
                        tuple(0, 0, 64L),
                        tuple(0, 200, 12_864L),
                        tuple(0, 400, 25_664L),
                        tuple(0, 600, 38_464L),
                        tuple(1, 0, 64L),
                        tuple(1, 200, 12_864L),
                        tuple(1, 400, 25_664L),
                        tuple(1, 600, 38_464L));
        assertThat(step.trained).hasSize(2 * 782);
        assertThat(log.stepsPerEpoch()).isEqualTo(782);
        assertThat(step.trained.get(781)).hasSize(16);
        assertThat(log.stopReason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void printsTheLinesOfTheGuide() {
        run(4, 2, new TrainingConfig(1, 2, 1, 0, 1));

        assertThat(monitor.lines.subList(0, 7))
                .containsExactly(
                        "Start of epoch 0",
                        "Training loss (for one batch) at step 0: 1.5000",
                        "Seen so far: 2 samples",
                        "Training loss (for one batch) at step 1: 1.5000",
                        "Seen so far: 4 samples",
                        "Training acc over epoch: 0.2500",
                        "Validation acc: 0.5000");
        assertThat(monitor.lines.get(7)).matches("Time taken: \\d+\\.\\d\\ds");
        assertThat(monitor.lines).hasSize(8);
    }

    @Test
    void averagesOverSamplesNotOverBatches() {
        final RecordingStep uneven = new RecordingStep(number -> number == 0 ? 4 : 1);

        final TrainingLog log = TrainingLoop.run(
                uneven,
                new TrainingLoop.Samples(3, 3),
                new TrainingConfig(1, 2, 1, 0, 1),
                callbacks(),
                new TrainingLoop.Numbers(EpochColumns.LOSS, () -> List.of(new SparseCategoricalAccuracy())),
                new GuideLines(monitor));

        final TrainingLog.EpochRow row = log.epochs().get(0);
        assertThat(row.loss()).isEqualTo((4 * 2 + 1) / 3.0);
        assertThat(row.metrics()).containsExactly(1 / 3.0);
        assertThat(row.validationLoss()).isEqualTo(OptionalDouble.of(1));
        assertThat(row.validationMetrics()).containsExactly(1 / 3.0);
        assertThat(row.steps()).isEqualTo(2);
        assertThat(row.learningRate()).isEqualTo(0.125);
        assertThat(row.seconds()).isNotNegative();
    }

    @Test
    void shufflesEachEpochAnewAndAlikeForTheSameSeed() {
        run(100, 0, new TrainingConfig(2, 100, 0, 7, 1));
        final RecordingStep again = new RecordingStep(number -> 1);
        TrainingLoop.run(
                again,
                new TrainingLoop.Samples(100, 5),
                new TrainingConfig(2, 100, 0, 7, 1),
                callbacks(),
                new TrainingLoop.Numbers(EpochColumns.LOSS, List::of),
                new GuideLines(monitor));

        assertThat(step.trained.get(0)).isNotEqualTo(step.trained.get(1));
        assertThat(Arrays.stream(step.trained.get(1)).sorted()).hasSize(100).doesNotHaveDuplicates();
        assertThat(again.trained).containsExactlyElementsOf(step.trained);
    }

    @Test
    void validatesInFileOrder() {
        run(2, 5, new TrainingConfig(1, 2, 0, 0, 1));

        assertThat(step.evaluated).containsExactly(new int[] {0, 1}, new int[] {2, 3}, new int[] {4});
    }

    @Test
    void leavesValidationEmptyWithoutValidationData() {
        final TrainingLog.EpochRow row =
                run(2, 0, new TrainingConfig(1, 2, 0, 0, 1)).epochs().get(0);

        assertThat(row.validationLoss()).isEmpty();
        assertThat(row.validationMetrics()).isEmpty();
    }

    @Test
    void stopsBeforeTheStepThatTheMonitorRefuses() {
        final RecordingMonitor impatient =
                new RecordingMonitor(progress -> progress.epoch() == 0 || progress.step() < 1);

        final TrainingLog log = TrainingLoop.run(
                step,
                new TrainingLoop.Samples(6, 0),
                new TrainingConfig(5, 2, 1, 0, 1),
                callbacks(),
                new TrainingLoop.Numbers(EpochColumns.LOSS, List::of),
                new GuideLines(impatient));

        assertThat(log.stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(step.trained).hasSize(4);
        assertThat(log.steps()).hasSize(4);
        assertThat(log.epochs()).hasSize(1);
    }

    @Test
    void stopsWithinTheValidationToo() {
        final RecordingMonitor impatient = new RecordingMonitor(
                progress -> progress.step() < progress.plan().steps());

        final TrainingLog log = TrainingLoop.run(
                step,
                new TrainingLoop.Samples(4, 4),
                new TrainingConfig(1, 2, 1, 0, 1),
                callbacks(),
                new TrainingLoop.Numbers(EpochColumns.LOSS, List::of),
                new GuideLines(impatient));

        assertThat(log.stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(step.evaluated).isEmpty();
        assertThat(log.epochs()).isEmpty();
    }

    @Test
    void reportsProgressBeforeEachStep() {
        run(4, 0, new TrainingConfig(2, 2, 1, 0, 1));

        assertThat(monitor.progress)
                .extracting(Progress::message)
                .containsExactly(
                        "Epoch 1 of 2, step 0 of 2",
                        "Epoch 1 of 2, step 1 of 2, loss 1.5000",
                        "Epoch 2 of 2, step 0 of 2, loss 1.5000",
                        "Epoch 2 of 2, step 1 of 2, loss 1.5000");
        assertThat(monitor.progress).extracting(Progress::fraction).containsExactly(0.0, 0.25, 0.5, 0.75);
    }

    @Test
    void bringsAsManyBatchesPerCallAsTheStepTakesAndLogsEachOfThem() {
        final RecordingStep several = new RecordingStep(number -> number, 3);

        final TrainingLog log = TrainingLoop.run(
                several,
                new TrainingLoop.Samples(10, 7),
                new TrainingConfig(1, 2, 1, 0, 2),
                callbacks(),
                new TrainingLoop.Numbers(EpochColumns.LOSS, List::of),
                new GuideLines(monitor));

        assertThat(several.batchesOfCalls).containsExactly(3, 2, 3, 1);
        assertThat(several.rates).hasSize(5).containsOnly(0.125);
        assertThat(log.steps())
                .extracting(TrainingLog.StepRow::step, TrainingLog.StepRow::samplesSeen, TrainingLog.StepRow::loss)
                .containsExactly(tuple(0, 2L, 0.0), tuple(2, 6L, 2.0), tuple(4, 10L, 4.0));
        assertThat(monitor.progress).extracting(Progress::step).containsExactly(0, 3, 5, 5);
    }

    @Test
    void refusesALossThatIsNoNumber() {
        final RecordingStep exploding = new RecordingStep(number -> number == 4 ? Double.NaN : 1);

        assertThatThrownBy(() -> TrainingLoop.run(
                        exploding,
                        new TrainingLoop.Samples(6, 0),
                        new TrainingConfig(2, 2, 1, 0, 1),
                        callbacks(),
                        new TrainingLoop.Numbers(EpochColumns.LOSS, List::of),
                        new GuideLines(monitor)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The loss must stay a finite number, but it became NaN in epoch 1, step 1; choose a smaller"
                        + " learning rate, or divide the pixels by 255 when the data are read.");
    }

    @Test
    void refusesAnInfiniteLossOfTheValidation() {
        final RecordingStep exploding = new RecordingStep(number -> number == 1 ? Double.POSITIVE_INFINITY : 1);

        assertThatThrownBy(() -> TrainingLoop.run(
                        exploding,
                        new TrainingLoop.Samples(2, 2),
                        new TrainingConfig(2, 2, 1, 0, 1),
                        callbacks(),
                        new TrainingLoop.Numbers(EpochColumns.LOSS, List::of),
                        new GuideLines(monitor)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("became Infinity in the validation after epoch 0");
    }

    @Test
    void givesEachUpdateItsLearningRateOverAllEpochs() {
        final TrainingLog log = run(
                step,
                new TrainingConfig(2, 2, 1, 0, 1),
                with(new Schedule.Exponential(1, 0.5, Form.SMOOTH), Optional.empty()));

        assertThat(step.rates).containsExactly(1.0, 0.5, 0.25, 0.125);
        assertThat(log.epochs()).extracting(TrainingLog.EpochRow::learningRate).containsExactly(0.5, 0.125);
    }

    @Test
    void endsAfterTheEpochInWhichACallbackSaysSo() {
        final EarlyStoppingConfig stopping =
                new EarlyStoppingConfig(new Watch("Validation loss", 0), 1, EarlyStoppingConfig.Kept.LAST);
        // Two batches of training and one of validation make an epoch; the validation loss falls, then stays.
        final RecordingStep falling = new RecordingStep(number -> Math.max(1, 3 - number / 3));

        final TrainingLog log =
                run(falling, new TrainingConfig(9, 2, 1, 0, 1), with(new Schedule.Constant(), Optional.of(stopping)));

        assertThat(log.stopReason()).isEqualTo(StopReason.EARLY_STOPPING);
        assertThat(log.epochs())
                .extracting(row -> row.validationLoss().getAsDouble())
                .containsExactly(3.0, 2.0, 1.0, 1.0);
        assertThat(monitor.lines)
                .contains("Early stopping after epoch 3: Validation loss was best in epoch 2 with 1.0000");
    }

    @Test
    void aLossThatIsNoNumberCanEndTheRunWithItsRows() {
        final RecordingStep exploding = new RecordingStep(number -> number == 4 ? Double.NaN : 1);

        final TrainingLog log = run(exploding, new TrainingConfig(3, 2, 1, 0, 2), stopOnNan());

        assertThat(log.stopReason()).isEqualTo(StopReason.LOSS_NOT_FINITE);
        assertThat(log.epochs()).hasSize(2);
        final TrainingLog.EpochRow broken = log.epochs().get(1);
        assertThat(broken.steps()).isEqualTo(2);
        assertThat(broken.loss()).isNaN();
        assertThat(broken.validationLoss()).isEmpty();
        // Every second step is logged, and the one that broke.
        assertThat(log.steps())
                .extracting(TrainingLog.StepRow::epoch, TrainingLog.StepRow::step)
                .containsExactly(tuple(0, 0), tuple(1, 0), tuple(1, 1));
        assertThat(monitor.lines).contains("Training ends, since the loss became NaN in epoch 1, step 1");
    }

    @Test
    void aValidationLossThatIsNoNumberCanEndTheRunToo() {
        final RecordingStep exploding = new RecordingStep(number -> number == 2 ? Double.NaN : 1);

        final TrainingLog log = run(exploding, new TrainingConfig(3, 2, 1, 0, 1), stopOnNan());

        assertThat(log.stopReason()).isEqualTo(StopReason.LOSS_NOT_FINITE);
        assertThat(log.epochs()).hasSize(1);
        assertThat(log.epochs().get(0).validationLoss().getAsDouble()).isNaN();
    }

    /** Four samples for training, two for validation. */
    private TrainingLog run(final RecordingStep anyStep, final TrainingConfig config, final CallbacksConfig callbacks) {
        return TrainingLoop.run(
                anyStep,
                new TrainingLoop.Samples(4, 2),
                config,
                new Callbacks(callbacks, List.of(1.0), () -> List.of(SOME_MODEL), monitor::log),
                new TrainingLoop.Numbers(EpochColumns.LOSS, List::of),
                new GuideLines(monitor));
    }

    private static CallbacksConfig with(final Schedule schedule, final Optional<EarlyStoppingConfig> earlyStopping) {
        return new CallbacksConfig(
                schedule, Optional.empty(), earlyStopping, Optional.empty(), CallbacksConfig.NonFiniteLoss.FAIL);
    }

    private static CallbacksConfig stopOnNan() {
        return new CallbacksConfig(
                new Schedule.Constant(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                CallbacksConfig.NonFiniteLoss.STOP);
    }

    private static Callbacks callbacks() {
        return new Callbacks(CallbacksConfig.NONE, List.of(0.125), TrainingLoopTest::noModel, line -> {});
    }

    private static List<Model> noModel() {
        throw new AssertionError("no callback needs the model");
    }

    private TrainingLog run(final int training, final int validation, final TrainingConfig config) {
        return TrainingLoop.run(
                step,
                new TrainingLoop.Samples(training, validation),
                config,
                callbacks(),
                new TrainingLoop.Numbers(EpochColumns.LOSS, () -> List.of(new SparseCategoricalAccuracy())),
                new GuideLines(monitor));
    }

    /** Predicts class 0 for every sample; the label of a sample is its index. */
    private static final class RecordingStep implements TrainStep {
        private final List<int[]> trained = new ArrayList<>();
        private final List<int[]> evaluated = new ArrayList<>();
        private final List<Double> rates = new ArrayList<>();
        private final List<Integer> batchesOfCalls = new ArrayList<>();
        private final IntToDoubleFunction lossOfBatch;
        private final int batchesPerCall;

        RecordingStep(final IntToDoubleFunction lossOfBatch) {
            this(lossOfBatch, 1);
        }

        RecordingStep(final IntToDoubleFunction lossOfBatch, final int batchesPerCall) {
            this.lossOfBatch = lossOfBatch;
            this.batchesPerCall = batchesPerCall;
        }

        @Override
        public int batchesPerCall() {
            return batchesPerCall;
        }

        @Override
        public List<BatchResult> train(final List<Batch> batches) {
            batchesOfCalls.add(batches.size());
            batches.forEach(batch -> rates.addAll(batch.learningRates()));
            return batches.stream()
                    .map(batch -> {
                        trained.add(batch.samples());
                        return result(batch.samples());
                    })
                    .toList();
        }

        @Override
        public List<BatchResult> evaluate(final List<int[]> batches) {
            batchesOfCalls.add(batches.size());
            return batches.stream()
                    .map(samples -> {
                        evaluated.add(samples);
                        return result(samples);
                    })
                    .toList();
        }

        private BatchResult result(final int[] samples) {
            final Predictions zeros = new Predictions(new float[2 * samples.length], samples.length, 2);
            return new BatchResult(
                    lossOfBatch.applyAsDouble(trained.size() + evaluated.size() - 1),
                    zeros,
                    Targets.ofClasses(samples));
        }

        @Override
        public void close() {}
    }

    private static final class RecordingMonitor implements TrainingMonitor {
        private final List<String> lines = new ArrayList<>();
        private final List<Progress> progress = new ArrayList<>();
        private final Predicate<Progress> patience;

        RecordingMonitor(final Predicate<Progress> patience) {
            this.patience = patience;
        }

        @Override
        public boolean goOn(final Progress now) {
            progress.add(now);
            return patience.test(now);
        }

        @Override
        public void log(final String line) {
            lines.add(line);
        }
    }
}
