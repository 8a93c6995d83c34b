package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.callback.CallbacksConfig.NonFiniteLoss;
import org.gradienttape.callback.CheckpointConfig;
import org.gradienttape.callback.EarlyStoppingConfig;
import org.gradienttape.callback.EarlyStoppingConfig.Kept;
import org.gradienttape.callback.PlateauConfig;
import org.gradienttape.callback.Schedule;
import org.gradienttape.callback.Watch;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.optimizer.GradientClipping;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callbacks around both executions of the standard step, on a few of the real digits. */
class CallbackTrainingTest {
    private static final Watch VALIDATION = new Watch("Validation loss", 0);
    private static final CallbacksConfig STOP_ON_NAN = new CallbacksConfig(
            new Schedule.Constant(), Optional.empty(), Optional.empty(), Optional.empty(), NonFiniteLoss.STOP);

    @TempDir
    private Path folder;

    private Dataset training;
    private Dataset validation;

    @BeforeEach
    void readDigits() throws IOException {
        final DatasetPair digits = TestData.mnistHeldOut(folder, 200, 200);
        training = digits.training();
        validation = digits.heldOut().orElseThrow();
    }

    /** A rate that overfits 200 digits soon; the result is measured anew, by a run whose rate changes nothing. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void earlyStoppingKeepsTheWeightsOfTheBestEpochAndTheCheckpointHasThemToo(final Execution execution)
            throws IOException {
        final Path file = folder.resolve("best.gradienttape");
        final CallbacksConfig callbacks = new CallbacksConfig(
                new Schedule.WarmUp(4, 0, new Schedule.Cosine(200, 0.1)),
                Optional.of(new PlateauConfig(VALIDATION, 0.5, 1, 0, 0)),
                Optional.of(new EarlyStoppingConfig(VALIDATION, 3, Kept.BEST)),
                Optional.of(new CheckpointConfig(VALIDATION, List.of(file), CheckpointConfig.Existing.FAIL)),
                NonFiniteLoss.FAIL);

        final TrainedModel trained =
                run(execution, TestData.classifier(1), Update.of(new OptimizerConfig.Adam(0.02)), 60, callbacks);

        final List<TrainingLog.EpochRow> epochs = trained.log().epochs();
        final TrainingLog.EpochRow best = epochs.stream()
                .min(Comparator.comparing(row -> row.validationLoss().orElseThrow()))
                .orElseThrow();
        assertThat(trained.log().stopReason()).isEqualTo(StopReason.EARLY_STOPPING);
        assertThat(epochs).hasSize(best.epoch() + 4);
        assertThat(validationLoss(trained.model()))
                .isCloseTo(best.validationLoss().orElseThrow(), within(1e-6));
        assertThat(ModelFile.read(file).weights()).isEqualTo(trained.model().weights());
        // Four steps an epoch: the warm-up is over after epoch 0, and the rate falls from there.
        assertThat(epochs.get(0).learningRate()).isCloseTo(0.015, within(1e-12));
        assertThat(epochs.get(2).learningRate()).isLessThan(epochs.get(1).learningRate());
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void stopOnNanLeavesTheModelOfTheLastFinishedEpoch(final Execution execution) {
        final Model model = TestData.classifier(1);

        final TrainedModel stopped = run(execution, model, Update.of(new OptimizerConfig.Sgd(1e30)), 3, STOP_ON_NAN);

        assertThat(stopped.log().stopReason()).isEqualTo(StopReason.LOSS_NOT_FINITE);
        assertThat(stopped.log().epochs()).hasSize(1);
        assertThat(stopped.log().epochs().get(0).loss()).isNaN();
        assertThat(stopped.model().weights()).isEqualTo(model.weights());
    }

    /**
     * One update, and no validation: the only loss is that of before it. A penalty makes the gradients large, since a compiled
     * step takes no rate above the largest float.
     */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void aLastUpdateThatBreaksTheWeightsIsNoResult(final Execution execution) {
        final Network network = Network.of(
                Shape.of(784),
                List.of(
                        new Layer.Dense(8, Activation.NONE),
                        new Layer.ActivityRegularization(0, 1e6),
                        new Layer.Dense(10, Activation.NONE)));
        final Model model = TestData.fresh(network, 1);

        assertThatThrownBy(() -> oneHugeUpdate(execution, model, CallbacksConfig.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching(
                        "The weights of the model must stay finite numbers, but dense\\S*/\\S+ became NaN or"
                                + " infinite in the last updates; choose a smaller learning rate, or divide the pixels by 255 when"
                                + " the data are read\\.");

        final TrainedModel stopped = oneHugeUpdate(execution, model, STOP_ON_NAN);
        assertThat(stopped.log().stopReason()).isEqualTo(StopReason.LOSS_NOT_FINITE);
        assertThat(stopped.log().epochs().get(0).loss()).isFinite();
        assertThat(stopped.model().weights()).isEqualTo(model.weights());
    }

    private TrainedModel oneHugeUpdate(final Execution execution, final Model model, final CallbacksConfig callbacks) {
        return Training.run(
                new TrainingJob(
                        model,
                        training,
                        Optional.empty(),
                        Objective.of(new Loss.SparseCategoricalCrossentropy()),
                        Update.of(new OptimizerConfig.Sgd(1e300)),
                        new TrainingConfig(1, 200, 0, 3, 100),
                        callbacks,
                        TestDevice.compute(execution)),
                TestData.PATIENT);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void clippingKeepsUpdatesSmall(final Execution execution) {
        final Model model = TestData.classifier(1);
        final OptimizerConfig sgd = new OptimizerConfig.Sgd(1e6);

        final Weights clipped = run(
                        execution,
                        model,
                        new Update(sgd, new GradientClipping(GradientClipping.Kind.GLOBAL_NORM, 1e-8)),
                        1,
                        CallbacksConfig.NONE)
                .model()
                .weights();

        // Four updates of norm 0.01 each.
        assertThat(distance(model.weights(), clipped)).isBetween(0.005, 0.04001);
    }

    @Test
    void whatIsWatchedMustBeThere() {
        final CallbacksConfig callbacks = new CallbacksConfig(
                new Schedule.Constant(),
                Optional.empty(),
                Optional.of(new EarlyStoppingConfig(new Watch("Validation AUC", 0), 3, Kept.LAST)),
                Optional.empty(),
                NonFiniteLoss.FAIL);

        assertThatThrownBy(() -> run(
                        Execution.EAGER, TestData.classifier(1), Update.of(new OptimizerConfig.Sgd(0.1)), 1, callbacks))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Early stopping watches \"Validation AUC\", but the run reports Loss, Accuracy,"
                        + " Validation loss, Validation accuracy;");
    }

    private double validationLoss(final Model model) {
        return run(Execution.EAGER, model, Update.of(new OptimizerConfig.Sgd(1e-30)), 1, CallbacksConfig.NONE)
                .log()
                .epochs()
                .get(0)
                .validationLoss()
                .orElseThrow();
    }

    private TrainedModel run(
            final Execution execution,
            final Model model,
            final Update update,
            final int epochs,
            final CallbacksConfig callbacks) {
        return Training.run(
                new TrainingJob(
                        model,
                        training,
                        Optional.of(validation),
                        Objective.of(new Loss.SparseCategoricalCrossentropy()),
                        update,
                        new TrainingConfig(epochs, 50, 0, 3, 100),
                        callbacks,
                        TestDevice.compute(execution)),
                TestData.PATIENT);
    }

    private static double distance(final Weights from, final Weights to) {
        double squares = 0;
        for (final String name : from.names()) {
            for (int i = 0; i < from.get(name).length; i++) {
                squares += Math.pow(from.get(name)[i] - to.get(name)[i], 2);
            }
        }
        return Math.sqrt(squares);
    }
}
