package org.gradienttape.nodes.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.data.PixelRange;
import org.gradienttape.data.Pixels;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Scaling;
import org.gradienttape.host.api.execution.Log;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.ExecutionMode;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.training.LossType;
import org.gradienttape.nodes.training.OptimizerParameters.OptimizerType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.core.data.DataTableSpec;
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
        final PortObjectSpec model = new ModelPortObjectSpec(TrainerFixture.network());
        final PortObjectSpec data = new DatasetPortObjectSpec(TrainerFixture.info("Dots", 8, 2));

        for (final PortObjectSpec[] specs :
                List.of(node.configure(model, data), validated.configure(model, data, data))) {
            assertThat(((ModelPortObjectSpec) specs[0]).network()).isEqualTo(TrainerFixture.network());
            assertThat(((ModelPortObjectSpec) specs[0]).model().preprocessing().classNames())
                    .containsExactly("left", "right");
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

        final PortObject[] outputs = validated.execute(
                stores,
                TrainerFixture.zeros(),
                TrainerFixture.dots(stores, "Dots"),
                TrainerFixture.dots(stores, "Dots"));

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

        final PortObject[] outputs = node.execute(stores, TrainerFixture.zeros(), TrainerFixture.dots(stores, "Dots"));

        assertThat(TableText.rows((BufferedDataTable) outputs[2])).hasSize(2).allSatisfy(row -> assertThat(row)
                .contains(" | ? | ? | 0.001 | "));
    }

    /** Weights of 0 give both classes the probability 0.5, which says yes to neither; one step later it is above. */
    @Test
    void aMetricThatIsUndefinedIsMissingAndAWarningSaysSo() throws Exception {
        parameters.epochs = 2;
        parameters.learningRate = 0.5;
        parameters.metrics.accuracy = false;
        parameters.metrics.precision = true;

        final PortObject[] outputs = node.execute(stores, TrainerFixture.zeros(), TrainerFixture.dots(stores, "Dots"));

        assertThat(TableText.rows((BufferedDataTable) outputs[1]).get(0)).endsWith(" | ?");
        assertThat(TableText.rows((BufferedDataTable) outputs[2]).get(0)).contains(" | ? | ? | ? | 0.5 | ");
        assertThat(TableText.rows((BufferedDataTable) outputs[2]).get(1)).contains(" | 1.0 | ? | ? | 0.5 | ");
        assertThat(node.warning(stores, TrainerFixture.zeros(), TrainerFixture.dots(stores, "Dots")))
                .contains("Precision has no value in epoch 0, since it is undefined for the labels and predictions"
                        + " there, for example where all labels are of one class or Java code passes none; such"
                        + " cells are missing.");
        assertThat(node.warning(stores, TrainerFixture.softmax(), TrainerFixture.dots(stores, "Dots"))
                        .orElseThrow()
                        .lines())
                .satisfiesExactly(
                        loss -> assertThat(loss).startsWith("The loss takes logits, but the model ends in softmax"),
                        metric -> assertThat(metric).startsWith("Precision has no value in epoch 0"));
        parameters.metrics.precision = false;
        assertThat(node.warning(stores, TrainerFixture.zeros(), TrainerFixture.dots(stores, "Dots")))
                .isEmpty();
    }

    @Test
    void stepLogHasARowAtStepZeroAndEverySoManySteps() throws Exception {
        parameters.epochs = 2;
        parameters.batchSize = 1;
        parameters.logEvery = 2;

        final PortObject[] outputs =
                node.execute(stores, TrainerFixture.zeros(), TrainerFixture.dots(stores, "Dots", 5));

        final BufferedDataTable log = (BufferedDataTable) outputs[1];
        assertThat(TableText.numbers(log, "Epoch")).containsExactly(0.0, 0.0, 0.0, 1.0, 1.0, 1.0);
        assertThat(log.getSpec().getColumnSpec("Step").getProperties().getProperty("steps-per-epoch"))
                .isEqualTo("5");
        assertThat(TableText.numbers(log, "Step")).containsExactly(0.0, 2.0, 4.0, 0.0, 2.0, 4.0);
        assertThat(TableText.numbers(log, "Samples seen")).containsExactly(1.0, 3.0, 5.0, 1.0, 3.0, 5.0);
    }

    @Test
    void theSameRunGivesTheSameTablesAndWeights() throws Exception {
        parameters.optimizer = OptimizerType.ADAM;
        parameters.epochs = 3;
        parameters.batchSize = 2;
        parameters.logEvery = 1;
        final ModelPortObject model = TrainerFixture.fresh(3);

        final PortObject[] first = node.execute(stores, model, TrainerFixture.dots(stores, "Dots", 9));
        final PortObject[] second = node.execute(stores, model, TrainerFixture.dots(stores, "Dots", 9));

        assertThat(TableText.rows((BufferedDataTable) second[1]))
                .isEqualTo(TableText.rows((BufferedDataTable) first[1]));
        assertThat(((ModelPortObject) second[0]).model()).isEqualTo(((ModelPortObject) first[0]).model());
        assertThat(((ModelPortObject) first[0]).model().weights())
                .isNotEqualTo(model.model().weights());
        assertThat(model.model().weights()).isEqualTo(Weights.initial(TrainerFixture.network(), 3));
    }

    @Test
    void theGuidesLinesGoToTheLog() throws Exception {
        final List<String> lines = new ArrayList<>();
        Log.setSink((level, logger, message, problem) -> lines.add(level + " " + message));
        parameters.epochs = 1;

        validated.execute(
                stores,
                TrainerFixture.zeros(),
                TrainerFixture.dots(stores, "Dots"),
                TrainerFixture.dots(stores, "Dots"));

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
                .execute(stores, TrainerFixture.zeros(), TrainerFixture.dots(stores, "Dots"));

        assertThat(messages)
                .startsWith("0.00 Starting PyTorch")
                .contains("0.00 Epoch 1 of 1, step 0 of 2", "0.50 Epoch 1 of 1, step 1 of 2, loss 0.6931");
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
            if (messages.size() == 5) {
                watched[0].cancel();
            }
        });

        assertThatThrownBy(() ->
                        watched[0].execute(stores, TrainerFixture.zeros(), TrainerFixture.dots(stores, "Dots", 50)))
                .isInstanceOf(CanceledExecutionException.class);
        assertThat(messages).hasSize(5);
        if (execution == ExecutionMode.EAGER) {
            assertThat(messages.get(4)).contains("step 3 of 50");
        }
    }

    @Test
    void aModelThatDoesNotFitTheDataNamesBothShapes() {
        assertThatThrownBy(() -> node.configure(
                        new ModelPortObjectSpec(TrainerFixture.network()),
                        new DatasetPortObjectSpec(TrainerFixture.info("Dots", 8, 3))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "The model takes samples of the shape 2, but the training data Dots has samples of the shape 3;"
                                + " build the model for the input shape 3 or read other data.");
    }

    @Test
    void validationDataWithoutSamplesIsRefused() {
        assertThatThrownBy(() -> validated.configure(
                        new ModelPortObjectSpec(TrainerFixture.network()),
                        new DatasetPortObjectSpec(TrainerFixture.info("Dots", 8, 2)),
                        new DatasetPortObjectSpec(TrainerFixture.info("Nothing", 0, 2))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("the validation data Nothing has none");
    }

    @Test
    void aLossThatIsNoNumberNamesTheStep() {
        parameters.learningRate = 1e300;
        parameters.batchSize = 1;

        assertThatThrownBy(() -> node.execute(stores, TrainerFixture.fresh(1), TrainerFixture.dots(stores, "Dots", 50)))
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
                stores,
                new ModelPortObject(new Model(oneLogit, zeros, Provenance.of("Test"))),
                TrainerFixture.dots(stores, "Dots"));

        assertThat(TableText.numbers((BufferedDataTable) outputs[1], "Loss").get(0))
                .isCloseTo(Math.log(2), within(1e-6));
        assertThat(TableText.numbers((BufferedDataTable) outputs[1], "Accuracy"))
                .containsExactly(0.5);
    }

    @Test
    void theCompiledCodeIsKeptAndShownIfAskedFor() throws Exception {
        final ModelPortObject without =
                (ModelPortObject) node.execute(stores, TrainerFixture.fresh(1), TrainerFixture.dots(stores, "Dots"))[0];
        parameters.showCode = true;
        final ModelPortObject with =
                (ModelPortObject) node.execute(stores, TrainerFixture.fresh(1), TrainerFixture.dots(stores, "Dots"))[0];

        assertThat(without.model().code()).isEmpty();
        assertThat(without.getViews()).hasSize(1);
        assertThat(with.model().code().orElseThrow())
                .startsWith("class Step(Module):")
                .contains("def run(self: __torch__.Step, steps: int, ")
                .contains("# gradient of dense: Dense, 2 to 2");
        assertThat(with.getViews()).hasSize(2);
        assertThat(with.getViews()[1].getName()).isEqualTo("Compiled code");
        parameters.execution = ExecutionMode.EAGER;
        assertThat(((ModelPortObject)
                                node.execute(stores, TrainerFixture.fresh(1), TrainerFixture.dots(stores, "Dots"))[0])
                        .model()
                        .code())
                .isEmpty();
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

        final PortObject[] outputs = validated.execute(
                stores,
                TrainerFixture.zeros(),
                TrainerFixture.dots(stores, "Dots"),
                TrainerFixture.dots(stores, "Dots"));

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
        assertThat(TableText.rows(steps).get(0).split(" \\| ")[6]).isEqualTo("?"); // of nothing said no share is right
        assertThat(TableText.numbers(steps, "AUC")).containsExactly(0.5);
        assertThat(TableText.numbers(steps, "Mean squared error")).containsExactly(0.5);
        // After it each sample is right with a probability above 0.5.
        assertThat(TableText.numbers(epochs, "Validation precision")).containsExactly(1.0);
        assertThat(TableText.numbers(epochs, "Validation recall")).containsExactly(1.0);
        assertThat(TableText.numbers(epochs, "Validation F1")).containsExactly(1.0);
        assertThat(TableText.numbers(epochs, "Validation AUC")).containsExactly(1.0);
    }

    @Test
    void withoutMetricsTheLogsHaveNone() throws Exception {
        parameters.metrics.accuracy = false;

        final PortObjectSpec[] specs = node.configure(
                new ModelPortObjectSpec(TrainerFixture.network()),
                new DatasetPortObjectSpec(TrainerFixture.info("Dots", 8, 2)));

        assertThat(TableText.columns((DataTableSpec) specs[1]))
                .containsExactly("Epoch int", "Step int", "Samples seen long", "Loss double");
    }

    @Test
    void lossesAndMetricsThatDoNotFitTheModelAreRefused() {
        parameters.loss = LossType.KL_DIVERGENCE;
        assertThatThrownBy(() -> node.configure(
                        new ModelPortObjectSpec(TrainerFixture.network()),
                        new DatasetPortObjectSpec(TrainerFixture.info("Dots", 8, 2))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("let the model end with softmax");

        parameters.loss = LossType.MEAN_SQUARED_ERROR;
        parameters.metrics.topKAccuracy = true;
        assertThatThrownBy(() -> node.configure(
                        new ModelPortObjectSpec(TrainerFixture.network()),
                        new DatasetPortObjectSpec(TrainerFixture.info("Dots", 8, 2))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("Top-5 accuracy needs more outputs than 5");
    }

    /** The classes of the validation data are named in another order, and one of them has no sample. */
    @Test
    void validationGoesByTheNamesOfTheClasses() throws Exception {
        parameters.optimizer = OptimizerType.ADAM;
        parameters.learningRate = 0.1;
        parameters.epochs = 20;

        final PortObject[] outputs = validated.execute(
                stores,
                TrainerFixture.zeros(),
                TrainerFixture.dots(stores, "Dots", 8),
                TrainerFixture.dots(stores, TrainerFixture.info("Other", 8, 2, List.of("up", "right", "left")), 2, 1));

        assertThat(TableText.numbers((BufferedDataTable) outputs[2], "Validation accuracy"))
                .last()
                .isEqualTo(1.0);
    }

    @Test
    void aModelKeepsItsClassesWhenItIsTrainedFurther() throws Exception {
        parameters.learningRate = 0.5;
        final PortObject trained =
                node.execute(stores, TrainerFixture.zeros(), TrainerFixture.dots(stores, "Dots", 8))[0];
        parameters.learningRate = 1e-30;

        final PortObject[] outputs = node.execute(
                stores,
                trained,
                TrainerFixture.dots(stores, TrainerFixture.info("Other", 8, 2, List.of("right", "left")), 1, 0));

        assertThat(((ModelPortObject) outputs[0]).model().preprocessing().classNames())
                .containsExactly("left", "right");
        assertThat(TableText.numbers((BufferedDataTable) outputs[2], "Accuracy"))
                .containsExactly(1.0, 1.0);
        final DatasetPortObject unknown =
                TrainerFixture.dots(stores, TrainerFixture.info("Other", 8, 2, List.of("left", "up")), 0, 1);
        assertThatThrownBy(() -> node.execute(stores, trained, unknown))
                .isInstanceOf(NodeFailure.class)
                .hasMessage("The model knows the classes left, right, but the training data Other has samples of up;"
                        + " leave them out, or train a new model with them.");
    }

    @Test
    void whatLooksWrongIsSaidInTheWarning() throws Exception {
        final DatasetPortObject dots = TrainerFixture.dots(stores, "Dots", 8);
        final ModelPortObject softmax = TrainerFixture.softmax();

        assertThat(node.warning(stores, TrainerFixture.zeros(), dots)).isEmpty();
        assertThat(node.warning(stores, softmax, dots).orElseThrow())
                .startsWith("The loss takes logits, but the model ends in softmax");
        parameters.loss = LossType.KL_DIVERGENCE;
        assertThat(node.warning(stores, softmax, dots)).isEmpty();

        final PortObject trained = node.execute(stores, softmax, dots)[0];
        final DatasetPortObject divided =
                TrainerFixture.dots(stores, TrainerFixture.info("Other", 8, Scaling.DIVIDE_BY_255), 0, 1);
        assertThat(validated.warning(stores, trained, dots, divided))
                .contains(
                        "The model knows pixels from 0 to 255, so the validation data Other are scaled to that and not"
                                + " as they were read; choose the same pixel scaling for all data.");
        parameters.loss = LossType.SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS;
        assertThat(node.warning(stores, trained, divided).orElseThrow().lines()).hasSize(2);
    }

    /** The model learned from numbers of 0 to 1 in an array, and now meets pixels of files, as stored in both. */
    @Test
    void numbersOfAnotherRangeThanTheModelsAreSaid() throws Exception {
        final Preprocessing unit = Preprocessing.ofClasses(
                List.of("left", "right"), Optional.of(new Pixels(Scaling.AS_STORED, PixelRange.ZERO_TO_ONE)));
        final ModelPortObject model =
                new ModelPortObject(TrainerFixture.zeros().model().with(unit));

        assertThat(validated
                        .warning(
                                stores,
                                model,
                                TrainerFixture.dots(stores, "Dots"),
                                TrainerFixture.white(stores, "Pixels"))
                        .orElseThrow()
                        .lines())
                .singleElement()
                .asString()
                .startsWith("The model learned from numbers that were stored from 0 to 1, but those of the validation"
                        + " data Pixels are");
        assertThat(node.warning(stores, model, TrainerFixture.white(stores, "Pixels"))
                        .orElseThrow())
                .contains("those of the training data Pixels are stored beyond -1 to 1");
    }
}
