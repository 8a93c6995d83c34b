package org.gradienttape.nodes.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.callback.CheckpointConfig;
import org.gradienttape.callback.EarlyStoppingConfig;
import org.gradienttape.callback.PlateauConfig;
import org.gradienttape.callback.Schedule;
import org.gradienttape.callback.Watch;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.host.execution.Log;
import org.gradienttape.host.node.NodeFailure;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.IfExists;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.ComputeDevice;
import org.gradienttape.nodes.ExecutionMode;
import org.gradienttape.nodes.ExistingFile;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.OptimizerType;
import org.gradienttape.nodes.StepKind;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.optimizer.GradientClipping;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Device;
import org.gradienttape.torch.Execution;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;

class GradientTapeTrainerNodeTest {
    private static final String[] STEP_COLUMNS = {
        "Epoch int", "Step int", "Samples seen long", "Loss double", "Accuracy double"
    };
    private static final String[] EPOCH_COLUMNS = {
        "Epoch int",
        "Steps int",
        "Loss double",
        "Accuracy double",
        "Validation loss double",
        "Validation accuracy double",
        "Learning rate double",
        "Seconds double"
    };

    private final FileStores stores = new FileStores();
    private final GradientTapeTrainerNodeParameters parameters = new GradientTapeTrainerNodeParameters();
    private final LoneNode node = LoneNode.of(new GradientTapeTrainerNodeFactory(), parameters);
    private final LoneNode validated = node.with("Validation data", DatasetPortObject.TYPE);

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void columnsAreTheSameWithAndWithoutValidationData() throws Exception {
        final PortObjectSpec model = new ModelPortObjectSpec(network());
        final PortObjectSpec data = new DatasetPortObjectSpec(info("Dots", 8, 2));

        for (final PortObjectSpec[] specs :
                List.of(node.configure(model, data), validated.configure(model, data, data))) {
            assertThat(specs[0]).isEqualTo(model);
            assertThat(TableText.columns((DataTableSpec) specs[1])).containsExactly(STEP_COLUMNS);
            assertThat(TableText.columns((DataTableSpec) specs[2])).containsExactly(EPOCH_COLUMNS);
        }
    }

    /**
     * One Dense layer of weights 0 on two samples, one step of SGD with rate 0.5. All logits are 0, so the loss is ln 2 and
     * the first class is predicted. The gradient of the bias is 0; that of the kernel is the batch's mean of
     * (probability - target) per sample, so 0.25 up and down, and the step is half of it.
     */
    @Test
    void oneStepIsWhatPaperAndPencilSay() throws Exception {
        parameters.epochs = 1;
        parameters.shuffleBuffer = 1;
        parameters.learningRate = 0.5;

        final PortObject[] outputs = validated.execute(stores, zeros(), dots("Dots"), dots("Dots"));

        assertThat(TableText.rows((BufferedDataTable) outputs[1])).hasSize(1);
        assertThat(TableText.rows((BufferedDataTable) outputs[1]).get(0))
                .startsWith("0 | 0 | 2 | 0.6931")
                .endsWith(" | 0.5");
        final float[] kernel = ((ModelPortObject) outputs[0]).model().weights().get("dense/kernel");
        assertThat(kernel).containsExactly(new float[] {0.125f, -0.125f, -0.125f, 0.125f}, within(1e-6f));
        // logits of both samples are now 0.125 for the right class and -0.125 for the wrong one: ln(1 + exp(-0.25))
        assertThat(TableText.numbers((BufferedDataTable) outputs[2], "Validation loss"))
                .first()
                .satisfies(loss -> assertThat(loss).isCloseTo(0.575940, within(1e-5)));
        assertThat(TableText.numbers((BufferedDataTable) outputs[2], "Validation accuracy"))
                .containsExactly(1.0);
    }

    @Test
    void withoutValidationDataItsCellsAreMissing() throws Exception {
        parameters.epochs = 2;

        final PortObject[] outputs = node.execute(stores, zeros(), dots("Dots"));

        assertThat(TableText.rows((BufferedDataTable) outputs[2])).hasSize(2).allSatisfy(row -> assertThat(row)
                .contains(" | ? | ? | 0.001 | "));
    }

    @Test
    void stepLogHasARowAtStepZeroAndEverySoManySteps() throws Exception {
        parameters.epochs = 2;
        parameters.batchSize = 1;
        parameters.logEvery = 2;

        final PortObject[] outputs = node.execute(stores, zeros(), dots("Dots", 5));

        final BufferedDataTable log = (BufferedDataTable) outputs[1];
        assertThat(TableText.numbers(log, "Epoch")).containsExactly(0.0, 0.0, 0.0, 1.0, 1.0, 1.0);
        assertThat(TableText.numbers(log, "Step")).containsExactly(0.0, 2.0, 4.0, 0.0, 2.0, 4.0);
        assertThat(TableText.numbers(log, "Samples seen")).containsExactly(1.0, 3.0, 5.0, 1.0, 3.0, 5.0);
    }

    @Test
    void theSameRunGivesTheSameTablesAndWeights() throws Exception {
        parameters.optimizer = OptimizerType.ADAM;
        parameters.epochs = 3;
        parameters.batchSize = 2;
        parameters.logEvery = 1;
        final ModelPortObject model = fresh(3);

        final PortObject[] first = node.execute(stores, model, dots("Dots", 9));
        final PortObject[] second = node.execute(stores, model, dots("Dots", 9));

        assertThat(TableText.rows((BufferedDataTable) second[1]))
                .isEqualTo(TableText.rows((BufferedDataTable) first[1]));
        assertThat(((ModelPortObject) second[0]).model()).isEqualTo(((ModelPortObject) first[0]).model());
        assertThat(((ModelPortObject) first[0]).model().weights())
                .isNotEqualTo(model.model().weights());
        assertThat(model.model().weights()).isEqualTo(Weights.initial(network(), 3));
    }

    @Test
    void theGuidesLinesGoToTheLog() throws Exception {
        final List<String> lines = new ArrayList<>();
        Log.setSink((level, logger, message, problem) -> lines.add(level + " " + message));
        parameters.epochs = 1;

        validated.execute(stores, zeros(), dots("Dots"), dots("Dots"));

        assertThat(lines)
                .contains(
                        "INFO Training loss (for one batch) at step 0: 0.6931",
                        "INFO Seen so far: 2 samples",
                        "INFO Training acc over epoch: 0.5000",
                        "INFO Validation acc: 1.0000")
                .anySatisfy(line -> assertThat(line).matches("INFO Time taken: \\d+\\.\\d\\ds"));
    }

    @Test
    void progressNamesEpochStepAndLoss() throws Exception {
        final List<String> messages = new ArrayList<>();
        parameters.epochs = 1;
        parameters.batchSize = 1;
        parameters.shuffleBuffer = 1;

        node.watchedBy((fraction, message) -> messages.add(String.format("%.2f %s", fraction, message)))
                .execute(stores, zeros(), dots("Dots"));

        assertThat(messages).contains("0.00 Epoch 1 of 1, step 0 of 2", "0.50 Epoch 1 of 1, step 1 of 2, loss 0.6931");
    }

    /** Eager calls have one step, compiled ones several; nothing runs after the call that was asked for. */
    @ParameterizedTest
    @EnumSource(ExecutionMode.class)
    void cancelTakesEffectWithinOneCall(final ExecutionMode execution) {
        final List<String> messages = new ArrayList<>();
        parameters.execution = execution;
        parameters.batchSize = 1;
        final LoneNode[] watched = new LoneNode[1];
        watched[0] = node.watchedBy((fraction, message) -> {
            messages.add(message);
            if (messages.size() == 4) {
                watched[0].cancel();
            }
        });

        assertThatThrownBy(() -> watched[0].execute(stores, zeros(), dots("Dots", 50)))
                .isInstanceOf(CanceledExecutionException.class);
        assertThat(messages).hasSize(4);
        if (execution == ExecutionMode.EAGER) {
            assertThat(messages.get(3)).contains("step 3 of 50");
        }
    }

    @Test
    void aModelThatDoesNotFitTheDataNamesBothShapes() {
        assertThatThrownBy(() -> node.configure(
                        new ModelPortObjectSpec(network()), new DatasetPortObjectSpec(info("Dots", 8, 3))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "The model takes samples of the shape 2, but the training data Dots has samples of the shape 3;"
                                + " build the model for the input shape 3 or read other data.");
    }

    @Test
    void validationDataWithoutSamplesIsRefused() {
        assertThatThrownBy(() -> validated.configure(
                        new ModelPortObjectSpec(network()),
                        new DatasetPortObjectSpec(info("Dots", 8, 2)),
                        new DatasetPortObjectSpec(info("Nothing", 0, 2))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("the validation data Nothing has none");
    }

    @Test
    void aLossThatIsNoNumberNamesTheStep() {
        parameters.learningRate = 1e300;
        parameters.batchSize = 1;

        assertThatThrownBy(() -> node.execute(stores, fresh(1), dots("Dots", 50)))
                .isInstanceOf(NodeFailure.class)
                .hasMessageContaining("epoch 0")
                .hasMessageContaining("step ");
    }

    /** All weights are 0, so the logit is 0: the loss is ln 2, and label 0 is predicted. */
    @Test
    void theBinaryLossTakesOneLogit() throws Exception {
        final Network oneLogit = Network.of(Shape.of(2), List.of(new Layer.Dense(1, Activation.NONE)));
        final Weights zeros = Weights.of(oneLogit, Map.of("dense/kernel", new float[2], "dense/bias", new float[1]));
        parameters.loss = LossType.BINARY_CROSSENTROPY_FROM_LOGITS;
        parameters.epochs = 1;

        final PortObject[] outputs = node.execute(
                stores, new ModelPortObject(new Model(oneLogit, zeros, Provenance.of("Test"))), dots("Dots"));

        assertThat(TableText.numbers((BufferedDataTable) outputs[1], "Loss").get(0))
                .isCloseTo(Math.log(2), within(1e-6));
        assertThat(TableText.numbers((BufferedDataTable) outputs[1], "Accuracy"))
                .containsExactly(0.5);
    }

    @Test
    void theCompiledCodeIsKeptAndShownIfAskedFor() throws Exception {
        final ModelPortObject without = (ModelPortObject) node.execute(stores, fresh(1), dots("Dots"))[0];
        parameters.showCode = true;
        final ModelPortObject with = (ModelPortObject) node.execute(stores, fresh(1), dots("Dots"))[0];

        assertThat(without.model().code()).isEmpty();
        assertThat(without.getViews()).hasSize(1);
        assertThat(with.model().code().orElseThrow())
                .startsWith("class Training(Module):")
                .contains("def train_step(self: __torch__.Training, x: Tensor, y: Tensor, rate: float)")
                .contains("# gradient of dense: Dense, 2 to 2");
        assertThat(with.getViews()).hasSize(2);
        assertThat(with.getViews()[1].getName()).isEqualTo("Compiled code");
        parameters.execution = ExecutionMode.EAGER;
        assertThat(((ModelPortObject) node.execute(stores, fresh(1), dots("Dots"))[0])
                        .model()
                        .code())
                .isEmpty();
    }

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

        assertThat(EnumSet.allOf(LossType.class).stream().map(loss -> loss.toConfig(2.5)))
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
    void chosenMetricsBecomeColumnsOfBothLogs() throws Exception {
        parameters.epochs = 1;
        parameters.learningRate = 0.5;
        parameters.metrics.topKAccuracy = true;
        parameters.metrics.k = 1;
        parameters.metrics.precision = true;
        parameters.metrics.recall = true;
        parameters.metrics.f1 = true;
        parameters.metrics.auc = true;
        parameters.metrics.meanSquaredError = true;
        parameters.metrics.meanAbsoluteError = true;

        final PortObject[] outputs = validated.execute(stores, zeros(), dots("Dots"), dots("Dots"));

        final BufferedDataTable steps = (BufferedDataTable) outputs[1];
        final BufferedDataTable epochs = (BufferedDataTable) outputs[2];
        assertThat(TableText.columns(steps.getDataTableSpec()))
                .containsExactly(
                        "Epoch int",
                        "Step int",
                        "Samples seen long",
                        "Loss double",
                        "Accuracy double",
                        "Top-1 accuracy double",
                        "Precision double",
                        "Recall double",
                        "F1 double",
                        "AUC double",
                        "Mean squared error double",
                        "Mean absolute error double");
        assertThat(TableText.columns(epochs.getDataTableSpec()))
                .containsSubsequence(
                        "Mean absolute error double",
                        "Validation loss double",
                        "Validation accuracy double",
                        "Validation top-1 accuracy double",
                        "Validation precision double",
                        "Validation recall double",
                        "Validation F1 double",
                        "Validation AUC double",
                        "Validation mean squared error double",
                        "Validation mean absolute error double",
                        "Learning rate double");
        // Before the step both logits are 0: equal outputs all count as the largest, and no probability is above 0.5.
        assertThat(TableText.numbers(steps, "Top-1 accuracy")).containsExactly(1.0);
        assertThat(TableText.numbers(steps, "Precision")).containsExactly(0.0);
        assertThat(TableText.numbers(steps, "AUC")).containsExactly(0.5);
        assertThat(TableText.numbers(steps, "Mean squared error")).containsExactly(0.5);
        // After it each sample is right with a probability above 0.5.
        assertThat(TableText.numbers(epochs, "Validation precision")).containsExactly(1.0);
        assertThat(TableText.numbers(epochs, "Validation recall")).containsExactly(1.0);
        assertThat(TableText.numbers(epochs, "Validation F1")).containsExactly(1.0);
        assertThat(TableText.numbers(epochs, "Validation AUC")).containsExactly(1.0);
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
        parameters.checkpoint.ifExists = ExistingFile.OVERWRITE;
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
                                Path.of("/models/best.gradienttape").toAbsolutePath(),
                                IfExists.OVERWRITE)),
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

    @Test
    void callbacksAreOffByDefault() {
        assertThat(parameters.callbacks()).isEqualTo(CallbacksConfig.NONE);
        assertThat(parameters.update().clipping()).isEqualTo(GradientClipping.NONE);
    }

    /** The learning rate is so small that nothing changes: epoch 0 is best, and 1 ends it. */
    @Test
    void earlyStoppingIsSaidInTheEpochLog() throws Exception {
        parameters.epochs = 5;
        parameters.learningRate = 1e-30;
        parameters.schedule.schedule = ScheduleParameters.ScheduleType.EXPONENTIAL;
        parameters.schedule.decaySteps = 1;
        parameters.schedule.decayRate = 0.5;
        parameters.earlyStopping.enabled = true;

        final PortObject[] outputs = validated.execute(stores, zeros(), dots("Dots"), dots("Dots"));

        final BufferedDataTable epochs = (BufferedDataTable) outputs[2];
        assertThat(TableText.columns(epochs.getDataTableSpec())).endsWith("Seconds double", "Stop reason string");
        assertThat(TableText.rows(epochs)).hasSize(2);
        assertThat(TableText.rows(epochs).get(0)).endsWith(" | ?");
        assertThat(TableText.rows(epochs).get(1)).endsWith(" | Early stopping");
        assertThat(TableText.numbers(epochs, "Learning rate")).containsExactly(1e-30, 5e-31);
    }

    @Test
    void stopOnNanLeavesTablesAndTheModelOfTheLastFinishedEpoch() throws Exception {
        parameters.learningRate = 1e300;
        parameters.batchSize = 1;
        parameters.stopOnNan = true;
        final ModelPortObject model = fresh(1);

        final PortObject[] outputs = node.execute(stores, model, dots("Dots", 50));

        assertThat(TableText.rows((BufferedDataTable) outputs[2])).hasSize(1);
        assertThat(TableText.rows((BufferedDataTable) outputs[2]).get(0)).endsWith(" | Loss is no finite number");
        assertThat(((ModelPortObject) outputs[0]).model().weights())
                .isEqualTo(model.model().weights());
    }

    @Test
    void theCheckpointIsTheBestModel() throws Exception {
        parameters.learningRate = 0.5;
        parameters.checkpoint.enabled = true;
        parameters.checkpoint.watch.data = WatchParameters.Data.TRAINING;
        parameters.checkpoint.folder =
                stores.create().create("checkpoint").getFile().getPath();

        final PortObject[] outputs = node.execute(stores, zeros(), dots("Dots"));

        final Path file = Path.of(parameters.checkpoint.folder, "best-model.gradienttape");
        assertThat(ModelFile.read(file).weights())
                .isEqualTo(((ModelPortObject) outputs[0]).model().weights());
        assertThatThrownBy(() -> node.execute(stores, zeros(), dots("Dots")))
                .isInstanceOf(NodeFailure.class)
                .hasMessageContaining("but there is one already");
    }

    @Test
    void whatIsWatchedMustBeThereBeforeAnythingRuns() {
        parameters.earlyStopping.enabled = true;

        assertThatThrownBy(() -> node.configure(
                        new ModelPortObjectSpec(network()), new DatasetPortObjectSpec(info("Dots", 8, 2))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Early stopping watches \"Validation loss\", but the run reports Loss, Accuracy; connect"
                        + " validation data, or watch another number.");
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
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The folder of the checkpoint is empty; choose one.");
        parameters.checkpoint.folder = "/models";
        parameters.checkpoint.fileName = "../best";
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("The file name must be a name without folders, but it is \"../best\"");
    }

    @Test
    void withoutMetricsTheLogsHaveNone() throws Exception {
        parameters.metrics.accuracy = false;

        final PortObjectSpec[] specs =
                node.configure(new ModelPortObjectSpec(network()), new DatasetPortObjectSpec(info("Dots", 8, 2)));

        assertThat(TableText.columns((DataTableSpec) specs[1]))
                .containsExactly("Epoch int", "Step int", "Samples seen long", "Loss double");
    }

    @Test
    void lossesAndMetricsThatDoNotFitTheModelAreRefused() {
        parameters.loss = LossType.KL_DIVERGENCE;
        assertThatThrownBy(() -> node.configure(
                        new ModelPortObjectSpec(network()), new DatasetPortObjectSpec(info("Dots", 8, 2))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("let the model end with softmax");

        parameters.loss = LossType.MEAN_SQUARED_ERROR;
        parameters.metrics.topKAccuracy = true;
        assertThatThrownBy(() -> node.configure(
                        new ModelPortObjectSpec(network()), new DatasetPortObjectSpec(info("Dots", 8, 2))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("Top-5 accuracy needs more outputs than 5");
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

    /** What the code reports is not known before it has run, so the step log has no columns yet. */
    @Test
    void aStepInJavaHasColumnsOfItsOwn() throws Exception {
        parameters.step = StepKind.JAVA_CODE;
        parameters.epochs = 1;
        parameters.ownStep.code = """
                import org.gradienttape.step.*;
                public class Mine implements CustomStep {
                    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
                        if (run.step() > 0) run.report("Answer", 42);
                        return run.zeros();
                    }
                }
                """;
        parameters.batchSize = 1;
        parameters.logEvery = 1;

        final PortObjectSpec[] specs =
                node.configure(new ModelPortObjectSpec(network()), new DatasetPortObjectSpec(info("Dots", 2, 2)));
        final PortObject[] outputs = node.execute(stores, zeros(), dots("Dots"));

        assertThat(specs[1]).isNull();
        assertThat(TableText.rows((BufferedDataTable) outputs[1]))
                .containsExactly("0 | 0 | 1 | 0.0 | 0.0 | ?", "0 | 1 | 2 | 0.0 | 0.0 | 42.0");
        assertThat(TableText.columns(((BufferedDataTable) outputs[1]).getDataTableSpec()))
                .endsWith("Accuracy double", "Answer double");
    }

    @Test
    void aStepInJavaIsCompiledWhenTheNodeIsExecuted() throws Exception {
        parameters.step = StepKind.JAVA_CODE;
        parameters.ownStep.code = "no Java";

        node.configure(new ModelPortObjectSpec(network()), new DatasetPortObjectSpec(info("Dots", 2, 2)));

        assertThatThrownBy(() -> node.execute(stores, zeros(), dots("Dots")))
                .isInstanceOf(NodeFailure.class)
                .hasMessageContaining("The step's Java code does not compile: line 1, column ");
    }

    @Test
    void aStepInJavaCanBeCancelled() {
        parameters.step = StepKind.JAVA_CODE;
        parameters.epochs = 1_000_000;
        final LoneNode[] watched = new LoneNode[1];
        watched[0] = node.watchedBy((fraction, message) -> watched[0].cancel());

        assertThatThrownBy(() -> watched[0].execute(stores, zeros(), dots("Dots", 50)))
                .isInstanceOf(CanceledExecutionException.class);
    }

    private static Network network() {
        return Network.of(Shape.of(2), List.of(new Layer.Dense(2, Activation.NONE)));
    }

    private static ModelPortObject zeros() {
        final Map<String, float[]> weights = new LinkedHashMap<>();
        weights.put("dense/kernel", new float[4]);
        weights.put("dense/bias", new float[2]);
        return new ModelPortObject(new Model(network(), Weights.of(network(), weights), Provenance.of("Test")));
    }

    private static ModelPortObject fresh(final long seed) {
        return new ModelPortObject(new Model(network(), Weights.initial(network(), seed), Provenance.of("Test")));
    }

    private static DatasetInfo info(final String name, final int samples, final int numbers) {
        return new DatasetInfo(
                name, samples, Shape.of(numbers), ElementType.UINT8, Scaling.AS_STORED, List.of("left", "right"));
    }

    /** Two samples: (1, 0) is left, (0, 1) is right. */
    private DatasetPortObject dots(final String name) throws IOException {
        return dots(name, 2);
    }

    /** The two samples in turn. */
    private DatasetPortObject dots(final String name, final int samples) throws IOException {
        final FileStore store = stores.create().create("dots");
        try (DatasetWriter writer = DatasetWriter.create(store.getFile().toPath(), info(name, samples, 2))) {
            for (int i = 0; i < samples; i++) {
                writer.writeFeatures(ByteBuffer.wrap(new byte[] {(byte) (1 - i % 2), (byte) (i % 2)}));
            }
            final int[] labels = new int[samples];
            for (int i = 0; i < samples; i++) {
                labels[i] = i % 2;
            }
            writer.writeLabels(labels);
            return new DatasetPortObject(writer.finish(), store);
        }
    }
}
