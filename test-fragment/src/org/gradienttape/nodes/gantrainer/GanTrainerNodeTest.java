package org.gradienttape.nodes.gantrainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.PixelRange;
import org.gradienttape.data.Pixels;
import org.gradienttape.data.Scaling;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.host.api.execution.Log;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.ComputeDevice;
import org.gradienttape.nodes.ExecutionMode;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.StepKind;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.training.ClippingParameters;
import org.gradienttape.nodes.training.OptimizerParameters.OptimizerType;
import org.gradienttape.nodes.training.ScheduleParameters;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Device;
import org.gradienttape.torch.Execution;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;

/** Images of 2 x 2 pixels; a generator of one Dense layer with a sigmoid, a discriminator of one Dense layer. */
class GanTrainerNodeTest {
    private static final Network GENERATOR = Network.of(
            Shape.of(3), List.of(new Layer.Dense(4, Activation.SIGMOID), new Layer.Reshape(Shape.of(2, 2, 1))));
    private static final Network DISCRIMINATOR =
            Network.of(Shape.of(2, 2, 1), List.of(new Layer.Flatten(), new Layer.Dense(1, Activation.NONE)));

    private final FileStores stores = new FileStores();
    private final GanTrainerNodeParameters parameters = new GanTrainerNodeParameters();
    private final LoneNode node = LoneNode.of(new GanTrainerNodeFactory(), parameters);

    @BeforeEach
    void chooseSmallNumbers() {
        parameters.latentDimension = 3;
        parameters.batchSize = 4;
        parameters.logEvery = 2;
        parameters.imageEvery = 2;
    }

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void columnsAreTheContracts() throws Exception {
        final PortObjectSpec generator = new ModelPortObjectSpec(GENERATOR);
        final PortObjectSpec discriminator = new ModelPortObjectSpec(DISCRIMINATOR);
        final PortObjectSpec data = new DatasetPortObjectSpec(info(8));

        final PortObjectSpec[] specs = node.configure(generator, discriminator, data);

        assertThat(((ModelPortObjectSpec) specs[0]).network()).isEqualTo(GENERATOR);
        assertThat(((ModelPortObjectSpec) specs[1]).network()).isEqualTo(DISCRIMINATOR);
        assertThat(List.of(specs[0], specs[1])).allSatisfy(spec -> assertThat(
                        ((ModelPortObjectSpec) spec).model().preprocessing().pixels())
                .contains(new Pixels(Scaling.DIVIDE_BY_255, PixelRange.ZERO_TO_255)));
        assertThat(TableText.columns((DataTableSpec) specs[2]))
                .containsExactly("Epoch int", "Step int", "Discriminator loss double", "Generator loss double");
        assertThat(TableText.columns((DataTableSpec) specs[3]))
                .containsExactly("Epoch int", "Step int", "Image pngimage");

        parameters.fixedImages = 4;
        assertThat(TableText.columns((DataTableSpec) node.configure(generator, discriminator, data)[3]))
                .containsExactly("Epoch int", "Step int", "Image pngimage", "Fixed noise pngimage");
    }

    /** What the code reports is not known before it has run, so the step log has no columns yet. */
    @Test
    void aStepInJavaHasColumnsOfItsOwn() throws Exception {
        parameters.step = StepKind.JAVA_CODE;
        parameters.ownStep.template = OwnStepParameters.Template.WASSERSTEIN_GAN;

        final PortObjectSpec[] specs = node.configure(
                new ModelPortObjectSpec(GENERATOR),
                new ModelPortObjectSpec(DISCRIMINATOR),
                new DatasetPortObjectSpec(info(8)));
        final PortObject[] outputs = execute(fresh(GENERATOR), fresh(DISCRIMINATOR), 8);

        assertThat(specs[2]).isNull();
        assertThat(TableText.columns(((BufferedDataTable) outputs[2]).getDataTableSpec()))
                .containsExactly(
                        "Epoch int",
                        "Step int",
                        "Discriminator loss double",
                        "Generator loss double",
                        "Wasserstein distance double",
                        "Gradient penalty double");
    }

    @Test
    void rowsComeAtStepZeroOfEachEpochAndEverySoManySteps() throws Exception {
        parameters.epochs = 2;
        parameters.imageEvery = 3;

        final PortObject[] outputs = execute(fresh(GENERATOR), fresh(DISCRIMINATOR), 18);

        // 18 images in batches of 4: 5 steps per epoch
        assertThat(places(outputs[2])).containsExactly("0 0", "0 2", "0 4", "1 0", "1 2", "1 4");
        assertThat(places(outputs[3])).containsExactly("0 0", "0 3", "1 0", "1 3");
        assertThat(((BufferedDataTable) outputs[2])
                        .getSpec()
                        .getColumnSpec("Step")
                        .getProperties()
                        .getProperty("steps-per-epoch"))
                .isEqualTo("5");
        assertThat(TableText.numbers((BufferedDataTable) outputs[2], "Discriminator loss"))
                .allMatch(Double::isFinite);
    }

    /**
     * All weights are 0, so each logit is 0, and the cross-entropy with any target is ln 2; a tiny learning rate leaves it
     * so for the generator. Each pixel is sigmoid(0) = 0.5: 127 or 128 of 255.
     */
    @Test
    void theFirstStepIsWhatPaperAndPencilSay() throws Exception {
        parameters.discriminatorLearningRate = 1e-12;
        parameters.stepLimit = Optional.of(1);

        final PortObject[] outputs = execute(zeros(GENERATOR), zeros(DISCRIMINATOR), 8);

        final BufferedDataTable steps = (BufferedDataTable) outputs[2];
        assertThat(TableText.numbers(steps, "Discriminator loss")).hasSize(1);
        assertThat(TableText.numbers(steps, "Discriminator loss").get(0)).isCloseTo(Math.log(2), within(1e-6));
        assertThat(TableText.numbers(steps, "Generator loss").get(0)).isCloseTo(Math.log(2), within(1e-6));
        final int[] pixels = pixels(outputs[3], 0, "Image");
        assertThat(pixels).hasSize(4).containsOnly(pixels[0]);
        assertThat(pixels[0]).isBetween(127, 128);
    }

    /** The real pixels go from -1 to 1 and tanh(0) is 0, the middle of them: 127 or 128 of 255, in both steps. */
    @ParameterizedTest
    @EnumSource(StepKind.class)
    void aGeneratorThatEndsInTanhMakesGreyOfZero(final StepKind step) throws Exception {
        parameters.step = step;
        parameters.ownStep.template = OwnStepParameters.Template.WASSERSTEIN_GAN;
        parameters.generatorLearningRate = 1e-12;
        parameters.stepLimit = Optional.of(1);
        final DatasetInfo signed = new DatasetInfo(
                "Squares", 8, Shape.of(2, 2, 1), ElementType.UINT8, Scaling.MINUS_ONE_TO_ONE, List.of("square"));
        final ModelPortObject generator = zeros(ending(Activation.TANH));
        final ModelPortObject discriminator = fresh(DISCRIMINATOR);

        final int[] made = pixels(node.execute(stores, generator, discriminator, images(signed))[3], 0, "Image");
        assertThat(made).hasSize(4).containsOnly(made[0]);
        assertThat(made[0]).isBetween(127, 128);
        assertThat(node.warning(stores, generator, discriminator, images(signed)))
                .isEmpty();
    }

    @Test
    void bothModelsLearnAndTheInputsStay() throws Exception {
        final ModelPortObject generator = fresh(GENERATOR);
        final ModelPortObject discriminator = fresh(DISCRIMINATOR);
        final Model before = generator.model();

        final PortObject[] outputs = execute(generator, discriminator, 8);

        assertThat(((ModelPortObject) outputs[0]).model().network()).isEqualTo(GENERATOR);
        assertThat(((ModelPortObject) outputs[1]).model().network()).isEqualTo(DISCRIMINATOR);
        assertThat(((ModelPortObject) outputs[0]).model().weights()).isNotEqualTo(before.weights());
        assertThat(((ModelPortObject) outputs[1]).model().weights())
                .isNotEqualTo(discriminator.model().weights());
        assertThat(generator.model()).isEqualTo(before);
    }

    /** A generator that hardly learns makes the same images of the fixed noise again, and others of new noise. */
    @Test
    void fixedNoiseStaysTheSameAndStandsSideBySide() throws Exception {
        parameters.fixedImages = 3;
        parameters.generatorLearningRate = 1e-12;
        parameters.stepLimit = Optional.of(3);

        final PortObject[] outputs = execute(fresh(GENERATOR), fresh(DISCRIMINATOR), 18);

        assertThat(places(outputs[3])).containsExactly("0 0", "0 2");
        // a grid of 2 x 2 cells of 2 x 2 pixels, with gaps of 2
        assertThat(pixels(outputs[3], 0, "Fixed noise")).hasSize(10 * 10);
        assertThat(pixels(outputs[3], 1, "Fixed noise")).isEqualTo(pixels(outputs[3], 0, "Fixed noise"));
        assertThat(pixels(outputs[3], 1, "Image")).isNotEqualTo(pixels(outputs[3], 0, "Image"));
    }

    @Test
    void theEpochLogHasMeansRatesAndValidation() throws Exception {
        parameters.epochs = 3;
        parameters.schedule.schedule = ScheduleParameters.ScheduleType.EXPONENTIAL;
        parameters.schedule.decaySteps = 2; // 8 images in batches of 4: an epoch
        parameters.schedule.decayRate = 0.5;
        parameters.schedule.staircase = true;

        final PortObject[] outputs = node.with("Validation data", DatasetPortObject.TYPE)
                .execute(stores, fresh(GENERATOR), fresh(DISCRIMINATOR), images(8), images(5));

        final BufferedDataTable epochs = (BufferedDataTable) outputs[4];
        assertThat(TableText.columns(epochs.getDataTableSpec()))
                .containsExactly(
                        "Epoch int",
                        "Steps int",
                        "Discriminator loss double",
                        "Generator loss double",
                        "Validation discriminator loss double",
                        "Validation generator loss double",
                        "Discriminator learning rate double",
                        "Generator learning rate double",
                        "Seconds double");
        assertThat(TableText.numbers(epochs, "Discriminator learning rate")).containsExactly(3e-4, 1.5e-4, 7.5e-5);
        assertThat(TableText.numbers(epochs, "Generator learning rate")).containsExactly(4e-4, 2e-4, 1e-4);
        assertThat(TableText.numbers(epochs, "Validation generator loss"))
                .hasSize(3)
                .allMatch(Double::isFinite)
                .doesNotHaveDuplicates();
    }

    @Test
    void withoutValidationDataItsCellsAreMissing() throws Exception {
        final PortObject[] outputs = execute(fresh(GENERATOR), fresh(DISCRIMINATOR), 8);

        assertThat(TableText.rows((BufferedDataTable) outputs[4]))
                .singleElement()
                .satisfies(row -> assertThat(row).contains("?"));
    }

    @Test
    void watchedLossesNeedTheirData() {
        parameters.earlyStopping.enabled = true;
        parameters.watch.data = GanWatchParameters.Data.VALIDATION;

        assertThatThrownBy(() -> node.configure(
                        new ModelPortObjectSpec(GENERATOR),
                        new ModelPortObjectSpec(DISCRIMINATOR),
                        new DatasetPortObjectSpec(info(8))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "Early stopping watches \"Validation generator loss\", but the run reports Discriminator loss,"
                                + " Generator loss; connect validation data, or watch another number.");
    }

    /** A rate of nearly 0 changes no loss enough. */
    @Test
    void earlyStoppingEndsTheRunAndSaysSo() throws Exception {
        parameters.epochs = 9;
        parameters.earlyStopping.enabled = true;
        parameters.earlyStopping.patience = 1;
        parameters.earlyStopping.minimumChange = 100;

        final PortObject[] outputs = execute(fresh(GENERATOR), fresh(DISCRIMINATOR), 8);

        final BufferedDataTable epochs = (BufferedDataTable) outputs[4];
        assertThat(TableText.numbers(epochs, "Epoch")).hasSize(2);
        assertThat(TableText.rows(epochs).get(1)).contains("Early stopping");
    }

    @Test
    void theCheckpointHoldsBothNetworks(@TempDir final Path folder) throws Exception {
        parameters.checkpoint.enabled = true;
        parameters.checkpoint.folder = folder.toString();

        final PortObject[] outputs = execute(fresh(GENERATOR), fresh(DISCRIMINATOR), 8);

        assertThat(ModelFile.read(folder.resolve("best-generator.gradienttape")).weights())
                .isEqualTo(((ModelPortObject) outputs[0]).model().weights());
        assertThat(ModelFile.read(folder.resolve("best-discriminator.gradienttape"))
                        .weights())
                .isEqualTo(((ModelPortObject) outputs[1]).model().weights());

        parameters.checkpoint.discriminatorFileName = parameters.checkpoint.generatorFileName;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("a file for each network");
    }

    /** Gradients of at most 0 in size would leave the weights; SGD with rate 1 and clipped values moves them by the limit. */
    @Test
    void clippingReachesBothNetworks() throws Exception {
        parameters.stepLimit = Optional.of(1);
        parameters.discriminatorOptimizer = OptimizerType.SGD;
        parameters.discriminatorLearningRate = 1;
        parameters.generatorOptimizer = OptimizerType.SGD;
        parameters.generatorLearningRate = 1;
        parameters.clipping.clipping = ClippingParameters.Clipping.VALUE;
        parameters.clipping.limit = 1e-3;
        final ModelPortObject generator = fresh(GENERATOR);

        final PortObject[] outputs = execute(generator, fresh(DISCRIMINATOR), 8);

        final float[] before = generator.model().weights().get("dense/kernel");
        final float[] after = ((ModelPortObject) outputs[0]).model().weights().get("dense/kernel");
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isCloseTo(before[i], within(1.001e-3f));
        }
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void aBrokenLossCanEndTheRunWithTheLastFinishedNetworks() throws Exception {
        parameters.epochs = 5;
        parameters.stopOnNan = true;
        parameters.discriminatorOptimizer = OptimizerType.SGD;
        parameters.discriminatorLearningRate = 1e300;

        final PortObject[] outputs = execute(fresh(GENERATOR), fresh(DISCRIMINATOR), 8);

        assertThat(((ModelPortObject) outputs[1]).model().notFinite()).isEmpty();
        final List<String> rows = TableText.rows((BufferedDataTable) outputs[4]);
        assertThat(rows.get(rows.size() - 1)).contains("Loss is no finite number");
    }

    @Test
    void theSameSeedGivesTheSameRun() throws Exception {
        final PortObject[] first = execute(fresh(GENERATOR), fresh(DISCRIMINATOR), 18);
        final PortObject[] again = execute(fresh(GENERATOR), fresh(DISCRIMINATOR), 18);
        parameters.seed = 1;
        final PortObject[] other = execute(fresh(GENERATOR), fresh(DISCRIMINATOR), 18);

        assertThat(TableText.rows((BufferedDataTable) again[2]))
                .isEqualTo(TableText.rows((BufferedDataTable) first[2]));
        assertThat(((ModelPortObject) again[0]).model()).isEqualTo(((ModelPortObject) first[0]).model());
        assertThat(pixels(again[3], 1, "Image")).isEqualTo(pixels(first[3], 1, "Image"));
        assertThat(TableText.rows((BufferedDataTable) other[2]))
                .isNotEqualTo(TableText.rows((BufferedDataTable) first[2]));
    }

    @Test
    void theGuidesLinesAreLogged() throws Exception {
        final List<String> lines = new ArrayList<>();
        Log.setSink((level, logger, message, problem) -> lines.add(level + " " + message));
        parameters.stepLimit = Optional.of(1);

        execute(zeros(GENERATOR), zeros(DISCRIMINATOR), 8);

        assertThat(lines).contains("INFO discriminator loss at step 0: 0.69");
    }

    @Test
    void progressCountsToTheStepLimit() throws Exception {
        final List<String> messages = new ArrayList<>();
        parameters.stepLimit = Optional.of(2);

        node.watchedBy((fraction, message) -> messages.add(String.format("%.2f %s", fraction, message)))
                .execute(stores, zeros(GENERATOR), zeros(DISCRIMINATOR), images(18));

        assertThat(messages)
                .startsWith("0.00 Starting PyTorch")
                .contains("0.00 Epoch 1 of 1, step 0 of 5")
                .anyMatch(message -> message.startsWith("0.50 Epoch 1 of 1, step 1 of 5, "));
    }

    /** The first call of the engine is one step; how many steps the next ones are depends on their time. */
    @Test
    void cancelTakesEffectWithinOneCall() {
        final List<String> messages = new ArrayList<>();
        final LoneNode[] watched = new LoneNode[1];
        watched[0] = node.watchedBy((fraction, message) -> {
            messages.add(message);
            if (message.contains("discriminator loss")) {
                watched[0].cancel();
            }
        });

        assertThatThrownBy(() -> watched[0].execute(stores, fresh(GENERATOR), fresh(DISCRIMINATOR), images(40_000)))
                .isInstanceOf(CanceledExecutionException.class);
        assertThat(messages)
                .filteredOn(message -> message.contains("discriminator loss"))
                .hasSize(1);
    }

    @Test
    void modelsThatDoNotFitAreRefusedBeforeAnythingRuns() {
        parameters.latentDimension = 128;

        assertThatThrownBy(() -> node.configure(
                        new ModelPortObjectSpec(GENERATOR),
                        new ModelPortObjectSpec(DISCRIMINATOR),
                        new DatasetPortObjectSpec(info(8))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("the shape 3")
                .hasMessageContaining("128");

        parameters.latentDimension = 3;
        assertThatThrownBy(() -> node.configure(
                        new ModelPortObjectSpec(GENERATOR),
                        new ModelPortObjectSpec(GENERATOR),
                        new DatasetPortObjectSpec(info(8))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("discriminator");
    }

    @Test
    void everyNumberReachesTheEngine() {
        parameters.epochs = 3;
        parameters.stepLimit = Optional.of(17);
        parameters.batchSize = 5;
        parameters.shuffleBuffer = 7;
        parameters.latentDimension = 9;
        parameters.labelNoise = 0.1;
        parameters.seed = 11;
        parameters.logEvery = 13;
        parameters.imageEvery = 19;
        parameters.fixedImages = 23;
        parameters.discriminatorAdam.beta1 = 0.5;
        parameters.generatorAdam.beta2 = 0.6;
        parameters.execution = ExecutionMode.EAGER;
        parameters.device = ComputeDevice.CPU;
        parameters.threads = 2;

        assertThat(parameters.ganConfig())
                .isEqualTo(new GanConfig(
                        new TrainingConfig(3, 5, 7, 11, 13, 17), 9, 0.1, new GanConfig.KeptImages(19, 23)));
        assertThat(parameters.compute()).isEqualTo(new Compute(Device.CPU, 2, Execution.EAGER));
        assertThat(parameters.discriminatorUpdate().optimizer())
                .isEqualTo(new OptimizerConfig.Adam(3e-4, 0.5, 0.999, 1e-7));
        assertThat(parameters.generatorUpdate().optimizer()).isEqualTo(new OptimizerConfig.Adam(4e-4, 0.9, 0.6, 1e-7));

        parameters.discriminatorOptimizer = OptimizerType.SGD;
        parameters.discriminatorSgd.momentum = 0.25;
        parameters.generatorOptimizer = OptimizerType.SGD;
        parameters.generatorSgd.nesterov = true;
        assertThat(parameters.discriminatorUpdate().optimizer()).isEqualTo(new OptimizerConfig.Sgd(3e-4, 0.25, false));
        assertThat(parameters.generatorUpdate().optimizer()).isEqualTo(new OptimizerConfig.Sgd(4e-4, 0, true));
    }

    @Test
    void everyOtherOptimizerReachesTheEngine() {
        parameters.discriminatorOptimizer = OptimizerType.ADAMW;
        parameters.discriminatorAdamW.weightDecay = 0.2;
        parameters.generatorOptimizer = OptimizerType.RMSPROP;
        parameters.generatorRmsProp.rho = 0.5;
        assertThat(parameters.discriminatorUpdate().optimizer())
                .isEqualTo(new OptimizerConfig.AdamW(3e-4, 0.2, 0.9, 0.999, 1e-7));
        assertThat(parameters.generatorUpdate().optimizer())
                .isEqualTo(new OptimizerConfig.RmsProp(4e-4, 0.5, 0, 1e-7, false));

        parameters.discriminatorOptimizer = OptimizerType.ADAGRAD;
        parameters.discriminatorAdagrad.initialAccumulator = 0.3;
        parameters.generatorOptimizer = OptimizerType.NADAM;
        parameters.generatorAdam.beta1 = 0.4;
        assertThat(parameters.discriminatorUpdate().optimizer())
                .isEqualTo(new OptimizerConfig.Adagrad(3e-4, 0.3, 1e-7));
        assertThat(parameters.generatorUpdate().optimizer())
                .isEqualTo(new OptimizerConfig.Nadam(4e-4, 0.4, 0.999, 1e-7));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        parameters.stepLimit = Optional.of(0);
        assertRefused("The step limit must be at least 1, but it is 0; switch it off to run all epochs.");
        parameters.stepLimit = Optional.empty();

        parameters.labelNoise = -0.1;
        assertRefused("The label noise must be at least 0 and at most 1, but it is -0.1.");
        parameters.labelNoise = 0;

        parameters.generatorLearningRate = 0;
        assertRefused("The learning rate must be a number above 0, but it is 0.0.");
        parameters.generatorLearningRate = 1;

        parameters.discriminatorAdam.beta1 = 1;
        assertRefused("The beta 1 must be at least 0 and below 1, but it is 1.0.");
        parameters.discriminatorAdam.beta1 = 0;

        parameters.threads = 0;
        assertRefused("The number of threads must be at least 1, but it is 0.");
    }

    private void assertRefused(final String sentence) {
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(sentence);
    }

    private PortObject[] execute(final ModelPortObject generator, final ModelPortObject discriminator, final int images)
            throws Exception {
        return node.execute(stores, generator, discriminator, images(images));
    }

    /** Epoch and step of each row. */
    private static List<String> places(final PortObject table) {
        return TableText.rows((BufferedDataTable) table).stream()
                .map(row -> row.split(" \\| "))
                .map(cells -> cells[0] + " " + cells[1])
                .toList();
    }

    /** The numbers of an image, row by row. */
    private static int[] pixels(final PortObject table, final int row, final String column) throws IOException {
        final int index = ((BufferedDataTable) table).getDataTableSpec().findColumnIndex(column);
        try (CloseableRowIterator rows = ((BufferedDataTable) table).iterator()) {
            for (int i = 0; i < row; i++) {
                rows.next();
            }
            final PNGImageValue cell = (PNGImageValue) rows.next().getCell(index);
            final Raster pixels = ImageIO.read(
                            new ByteArrayInputStream(cell.getImageContent().getByteArray()))
                    .getRaster();
            return pixels.getSamples(0, 0, pixels.getWidth(), pixels.getHeight(), 0, (int[]) null);
        }
    }

    /** The pixels go from 0 to 1, as the outputs of sigmoid do and those of tanh do not. */
    @Test
    void aGeneratorThatCannotReachThePixelsIsSaid() throws Exception {
        final ModelPortObject discriminator = fresh(DISCRIMINATOR);

        assertThat(node.warning(stores, fresh(ending(Activation.SIGMOID)), discriminator, images(8)))
                .isEmpty();
        assertThat(node.warning(stores, fresh(ending(Activation.TANH)), discriminator, images(8)))
                .contains(
                        "The generator ends in tanh and makes numbers from -1 to 1, but the pixels of the real images go"
                                + " from 0 to 1; choose the pixel scaling when the data are read, or the last activation, so that"
                                + " both are alike.");
    }

    /** The models learned from numbers of 0 to 1, and now meet pixels of 0 to 255 that are scaled alike. */
    @Test
    void imagesOfAnotherRangeThanTheModelsAreSaid() throws Exception {
        final Optional<Pixels> unit = Optional.of(new Pixels(Scaling.DIVIDE_BY_255, PixelRange.ZERO_TO_ONE));
        final ModelPortObject generator = fresh(ending(Activation.SIGMOID));
        final ModelPortObject known = new ModelPortObject(
                generator.model().with(generator.model().preprocessing().with(unit)));

        assertThat(node.warning(stores, known, fresh(DISCRIMINATOR), images(8)).orElseThrow())
                .startsWith(
                        "The model learned from numbers that were stored from 0 to 1, but those of the training data");
    }

    private static Network ending(final Activation activation) {
        return Network.of(Shape.of(3), List.of(new Layer.Dense(4, activation), new Layer.Reshape(Shape.of(2, 2, 1))));
    }

    private static ModelPortObject fresh(final Network network) {
        return new ModelPortObject(new Model(network, Weights.initial(network, 5), Provenance.of("Test")));
    }

    private static ModelPortObject zeros(final Network network) {
        final Map<String, float[]> weights = new LinkedHashMap<>();
        network.nodes().forEach(layer -> layer.weights()
                .forEach(weight -> weights.put(
                        layer.weightName(weight), new float[weight.shape().size()])));
        return new ModelPortObject(new Model(network, Weights.of(network, weights), Provenance.of("Test")));
    }

    private static DatasetInfo info(final int samples) {
        return new DatasetInfo(
                "Squares", samples, Shape.of(2, 2, 1), ElementType.UINT8, Scaling.DIVIDE_BY_255, List.of("square"));
    }

    /** Bright pixels on the left, dark ones on the right, each image a little different. */
    private DatasetPortObject images(final int samples) throws IOException {
        return images(info(samples));
    }

    private DatasetPortObject images(final DatasetInfo info) throws IOException {
        final FileStore store = stores.create().create("squares");
        try (DatasetWriter writer = DatasetWriter.create(store.getFile().toPath(), info)) {
            for (int i = 0; i < info.samples(); i++) {
                writer.writeFeatures(ByteBuffer.wrap(new byte[] {(byte) (255 - i), (byte) i, (byte) (250 - i), 0}));
            }
            writer.writeLabels(new int[info.samples()]);
            return new DatasetPortObject(writer.finish(), store);
        }
    }
}
