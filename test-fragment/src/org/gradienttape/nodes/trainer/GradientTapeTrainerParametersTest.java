package org.gradienttape.nodes.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.callback.CheckpointConfig;
import org.gradienttape.callback.EarlyStoppingConfig;
import org.gradienttape.callback.PlateauConfig;
import org.gradienttape.callback.Schedule;
import org.gradienttape.callback.Watch;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.loss.Loss;
import org.gradienttape.nodes.ComputeDevice;
import org.gradienttape.nodes.ExecutionMode;
import org.gradienttape.nodes.StepKind;
import org.gradienttape.nodes.training.ClippingParameters;
import org.gradienttape.nodes.training.ExistingCheckpoint;
import org.gradienttape.nodes.training.LossType;
import org.gradienttape.nodes.training.OptimizerParameters.OptimizerType;
import org.gradienttape.nodes.training.RateChangeParameters;
import org.gradienttape.nodes.training.ScheduleParameters;
import org.gradienttape.nodes.training.WatchParameters;
import org.gradienttape.nodes.training.WatchedNumber;
import org.gradienttape.optimizer.GradientClipping;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Device;
import org.gradienttape.torch.Execution;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.knime.core.node.InvalidSettingsException;

class GradientTapeTrainerParametersTest {
    private final GradientTapeTrainerNodeParameters parameters = new GradientTapeTrainerNodeParameters();

    @Test
    void everyNumberReachesTheEngine() {
        parameters.epochs = 3;
        parameters.batchSize = 5;
        parameters.shuffleBuffer = 7;
        parameters.seed = 11;
        parameters.logEvery = 13;
        parameters.learningRate = 0.5;
        parameters.sgd.momentum = 0.25;
        parameters.sgd.nesterov = true;
        parameters.adam.beta1 = 0.1;
        parameters.adam.beta2 = 0.2;
        parameters.adam.epsilon = 0.3;
        parameters.execution = ExecutionMode.EAGER;
        parameters.device = ComputeDevice.CPU;
        parameters.threads = 2;

        assertThat(parameters.trainingConfig()).isEqualTo(new TrainingConfig(3, 5, 7, 11, 13));
        assertThat(parameters.compute()).isEqualTo(new Compute(Device.CPU, 2, Execution.EAGER));
        assertThat(parameters.update().optimizer()).isEqualTo(new OptimizerConfig.Sgd(0.5, 0.25, true));
        parameters.optimizer = OptimizerType.ADAM;
        assertThat(parameters.update().optimizer()).isEqualTo(new OptimizerConfig.Adam(0.5, 0.1, 0.2, 0.3));
    }

    @Test
    void everyNumberOfTheOtherOptimizersReachesTheEngine() {
        parameters.learningRate = 0.5;
        parameters.adam.beta1 = 0.1;
        parameters.adam.beta2 = 0.2;
        parameters.adam.epsilon = 0.3;
        parameters.adamW.weightDecay = 0.4;
        parameters.rmsProp.rho = 0.6;
        parameters.rmsProp.momentum = 0.7;
        parameters.rmsProp.epsilon = 0.8;
        parameters.rmsProp.centered = true;
        parameters.adagrad.initialAccumulator = 0.9;
        parameters.adagrad.epsilon = 1.1;

        parameters.optimizer = OptimizerType.ADAMW;
        assertThat(parameters.update().optimizer()).isEqualTo(new OptimizerConfig.AdamW(0.5, 0.4, 0.1, 0.2, 0.3));
        parameters.optimizer = OptimizerType.NADAM;
        assertThat(parameters.update().optimizer()).isEqualTo(new OptimizerConfig.Nadam(0.5, 0.1, 0.2, 0.3));
        parameters.optimizer = OptimizerType.RMSPROP;
        assertThat(parameters.update().optimizer()).isEqualTo(new OptimizerConfig.RmsProp(0.5, 0.6, 0.7, 0.8, true));
        parameters.optimizer = OptimizerType.ADAGRAD;
        assertThat(parameters.update().optimizer()).isEqualTo(new OptimizerConfig.Adagrad(0.5, 0.9, 1.1));
    }

    @Test
    void everyLossReachesTheEngine() {
        parameters.huberDelta = 2.5;

        assertThat(EnumSet.complementOf(EnumSet.of(LossType.JAVA_CODE)).stream().map(loss -> loss.toConfig(2.5)))
                .containsExactly(
                        new Loss.SparseCategoricalCrossentropy(),
                        new Loss.CategoricalCrossentropy(),
                        new Loss.BinaryCrossentropy(),
                        new Loss.MeanSquaredError(),
                        new Loss.MeanAbsoluteError(),
                        new Loss.Huber(2.5),
                        new Loss.Hinge(),
                        new Loss.KlDivergence());
        parameters.loss = LossType.HUBER;
        assertThat(parameters.objective().loss()).isEqualTo(new Loss.Huber(2.5));
    }

    @Test
    void onlyJavaCodeThatIsChosenReachesTheEngine() {
        assertThat(parameters.ownCode().isEmpty()).isTrue();

        parameters.step = StepKind.JAVA_CODE;
        parameters.loss = LossType.JAVA_CODE;
        parameters.metrics.javaCode = true;
        parameters.ownStep.code = "step";
        parameters.lossCode = "loss";
        parameters.metrics.code = "metrics";

        assertThat(parameters.ownCode())
                .isEqualTo(new OwnCode(Optional.of("step"), Optional.of("loss"), Optional.of("metrics")));
    }

    @Test
    void everyCallbackReachesTheEngine() {
        parameters.metrics.auc = true;
        parameters.clipping.clipping = ClippingParameters.Clipping.GLOBAL_NORM;
        parameters.clipping.limit = 2;
        parameters.schedule.schedule = ScheduleParameters.ScheduleType.EXPONENTIAL;
        parameters.schedule.decaySteps = 3;
        parameters.schedule.decayRate = 0.5;
        parameters.schedule.staircase = true;
        parameters.schedule.warmUp = true;
        parameters.schedule.warmUpSteps = 4;
        parameters.schedule.warmUpFrom = 0.25;
        parameters.plateau.enabled = true;
        parameters.plateau.watch.data = WatchParameters.Data.TRAINING;
        parameters.plateau.minimumChange = 0.1;
        parameters.plateau.patience = 5;
        parameters.plateau.factor = 0.2;
        parameters.plateau.cooldown = 6;
        parameters.plateau.smallestRate = 0.3;
        parameters.earlyStopping.enabled = true;
        parameters.earlyStopping.watch.number = WatchedNumber.AUC;
        parameters.earlyStopping.minimumChange = 0.4;
        parameters.earlyStopping.patience = 7;
        parameters.earlyStopping.keepBestWeights = true;
        parameters.checkpoint.enabled = true;
        parameters.checkpoint.watch.number = WatchedNumber.ACCURACY;
        parameters.checkpoint.folder = "/models";
        parameters.checkpoint.fileName = "best.gradienttape";
        parameters.checkpoint.ifExists = ExistingCheckpoint.OVERWRITE;
        parameters.stopOnNan = true;

        assertThat(parameters.update().clipping())
                .isEqualTo(new GradientClipping(GradientClipping.Kind.GLOBAL_NORM, 2));
        assertThat(parameters.callbacks())
                .isEqualTo(new CallbacksConfig(
                        new Schedule.WarmUp(
                                4, 0.25, new Schedule.Exponential(3, 0.5, Schedule.Exponential.Form.STAIRCASE)),
                        Optional.of(new PlateauConfig(new Watch("Loss", 0.1), 0.2, 5, 6, 0.3)),
                        Optional.of(new EarlyStoppingConfig(
                                new Watch("Validation AUC", 0.4), 7, EarlyStoppingConfig.Kept.BEST)),
                        Optional.of(new CheckpointConfig(
                                new Watch("Validation accuracy", 0),
                                List.of(Path.of("/models/best.gradienttape").toAbsolutePath()),
                                CheckpointConfig.Existing.REPLACE_IF_BETTER)),
                        CallbacksConfig.NonFiniteLoss.STOP));

        parameters.schedule.warmUp = false;
        parameters.schedule.schedule = ScheduleParameters.ScheduleType.COSINE;
        parameters.schedule.alpha = 0.5;
        assertThat(parameters.callbacks().schedule()).isEqualTo(new Schedule.Cosine(3, 0.5));
        parameters.schedule.schedule = ScheduleParameters.ScheduleType.PIECEWISE;
        parameters.schedule.changes = new RateChangeParameters[] {new RateChangeParameters()};
        assertThat(parameters.callbacks().schedule())
                .isEqualTo(new Schedule.Piecewise(List.of(new Schedule.Piecewise.Change(1000, 1e-4))));
    }

    /** It may come from a flow variable, or be of another machine: settings with it must load. */
    @Test
    void theFolderOfTheCheckpointIsNotJudgedBeforeTheNodeRuns() throws Exception {
        parameters.checkpoint.enabled = true;
        for (final String text : List.of("", "C:\\models", "models", "knime://knime.workflow/data")) {
            parameters.checkpoint.folder = text;
            parameters.validate();
        }

        parameters.checkpoint.fileName = "a/b";
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("The file name must be a name without folders");
    }

    @Test
    void callbacksAreOffByDefault() {
        assertThat(parameters.callbacks()).isEqualTo(CallbacksConfig.NONE);
        assertThat(parameters.update().clipping()).isEqualTo(GradientClipping.NONE);
    }

    @Test
    void numbersOfCallbacksOutOfRangeAreRefused() {
        parameters.clipping.limit = 0;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The limit of the gradients must be a number above 0, but it is 0.0.");
        parameters.clipping.limit = 1;

        parameters.plateau.enabled = true;
        parameters.plateau.factor = 1;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The factor of the learning rate must be above 0 and below 1, but it is 1.0.");
        parameters.plateau.enabled = false;

        parameters.checkpoint.enabled = true;
        assertThatThrownBy(parameters::callbacks)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The folder of the checkpoint is empty; choose one.");
        parameters.checkpoint.folder = "/models";
        parameters.checkpoint.fileName = "../best";
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("The file name must be a name without folders, but it is \"../best\"");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        parameters.learningRate = 0;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The learning rate must be a number above 0, but it is 0.0.");

        parameters.learningRate = 0.1;
        parameters.batchSize = 0;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The batch size must be at least 1, but it is 0.");

        parameters.batchSize = 1;
        parameters.threads = 0;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The number of threads must be at least 1, but it is 0.");

        parameters.threads = 1;
        parameters.sgd.momentum = 1.5;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The momentum must be at least 0 and at most 1, but it is 1.5.");

        parameters.sgd.momentum = 0;
        parameters.metrics.k = 0;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The k of top-k accuracy must be at least 1, but it is 0.");

        parameters.metrics.k = 5;
        parameters.loss = LossType.HUBER;
        parameters.huberDelta = 0;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The delta of the Huber loss must be a number above 0, but it is 0.0.");
    }
}
