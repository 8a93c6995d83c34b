package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.checkpoint.CheckpointPlan;
import org.gradienttape.checkpoint.CheckpointPlan.Resume;
import org.gradienttape.checkpoint.CheckpointPlan.Unit;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.gan.GeneratedImage;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NetworkDrawing;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.tensorboard.TensorBoardLog;
import org.gradienttape.torch.gan.GanJob;
import org.gradienttape.torch.gan.GanTraining;
import org.gradienttape.torch.gan.TrainedGan;
import org.gradienttape.torch.training.CodeTraining;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.GuideLines;
import org.gradienttape.train.LoopListener;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.NodeDef;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;
import org.tensorflow.util.SessionLog;

/** What a run logs is what TensorBoard reads: {@link EventReader} has its rules. */
class TensorBoardTest {
    private static final int STEPS = 16;

    @TempDir
    private Path folder;

    private DatasetPair digits;
    private Path log;

    @BeforeEach
    void readDigits() throws IOException {
        digits = TestData.mnistHeldOut(folder.resolve("data"), 500, 100);
        log = folder.resolve("logs");
    }

    private TrainingJob job(final Network network, final int epochs) {
        return new TrainingJob(
                TestData.fresh(network, 1),
                digits.training(),
                digits.heldOut(),
                Objective.of(new Loss.SparseCategoricalCrossentropy()),
                Update.of(new OptimizerConfig.Adam(0.01)),
                new TrainingConfig(epochs, 32, 100, 7, 3),
                CallbacksConfig.NONE,
                TestDevice.compute(Execution.COMPILED));
    }

    private static Network network() {
        return Network.of(
                Shape.of(784), List.of(new Layer.Dense(16, Activation.RELU), new Layer.Dense(10, Activation.NONE)));
    }

    private RunFiles files() {
        return new RunFiles(Optional.empty(), Optional.of(log));
    }

    private RunFiles kept(final int every, final Unit unit) {
        return new RunFiles(
                Optional.of(new CheckpointPlan(folder.resolve("checkpoints"), every, unit, Resume.IF_THERE)),
                Optional.of(log));
    }

    /** Dies before a step of the whole run. */
    private static class Mortal implements GanMonitor {
        private final List<String> warnings = new ArrayList<>();
        private final long atStep;

        Mortal(final long atStep) {
            this.atStep = atStep;
        }

        @Override
        public boolean goOn(final Progress progress) {
            if (progress.stepsDone() >= atStep) {
                throw new IllegalStateException("killed");
            }
            return true;
        }

        @Override
        public void log(final String line) {}

        @Override
        public void warn(final String sentence) {
            warnings.add(sentence);
        }
    }

    private static Mortal patient() {
        return new Mortal(Long.MAX_VALUE);
    }

    /** The numbers of both logs of a run with one network, as floats, by tag and step of the whole run. */
    private static Map<String, Map<Long, Float>> numbers(final TrainingLog log) {
        final Map<String, Map<Long, Float>> numbers = new TreeMap<>();
        log.steps().forEach(row -> {
            final long step = row.epoch() * (long) STEPS + row.step();
            put(numbers, "step/Loss", step, row.loss());
            put(numbers, "step/Accuracy", step, row.metrics().get(0));
        });
        log.epochs().forEach(row -> {
            final long step = row.epoch() * (long) STEPS + row.steps();
            put(numbers, "epoch/Loss", step, row.loss());
            put(numbers, "epoch/Accuracy", step, row.metrics().get(0));
            put(numbers, "epoch/Validation loss", step, row.validationLosses().get(0));
            put(
                    numbers,
                    "epoch/Validation accuracy",
                    step,
                    row.validationMetrics().get(0));
            put(numbers, "epoch/Learning rate", step, row.learningRate());
        });
        return numbers;
    }

    private static void put(
            final Map<String, Map<Long, Float>> numbers, final String tag, final long step, final double value) {
        numbers.computeIfAbsent(tag, one -> new TreeMap<>()).put(step, (float) value);
    }

    private static Map<String, Map<Long, Float>> withoutSeconds(final Path run) throws IOException {
        final Map<String, Map<Long, Float>> numbers = EventReader.numbers(run);
        assertThat(numbers.remove("epoch/Seconds").values()).allMatch(seconds -> seconds > 0);
        return numbers;
    }

    @Test
    void aLogHasTheNumbersOfBothTablesAndTheNetwork() throws IOException {
        final TrainedModel trained = Training.run(job(network(), 2), files(), patient());

        final Path run = EventReader.runs(log).get(0);
        assertThat(withoutSeconds(run)).isEqualTo(numbers(trained.log()));
        final List<Event> events = EventReader.events(EventReader.runs(run).get(0));
        assertThat(events.get(1).getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
        assertThat(events.get(1).getStep()).isZero();
        assertThat(GraphDef.parseFrom(events.get(2).getGraphDef()).getNodeList().stream()
                        .map(node -> node.getName() + " " + node.getOp() + " " + node.getInputList() + shape(node))
                        .toList())
                .containsExactly(
                        "input Placeholder [][-1, 784]",
                        "dense Dense [input][-1, 16]",
                        "dense_1 Dense [dense][-1, 10]");
    }

    private static String shape(final NodeDef node) {
        return node.getAttrOrThrow("_output_shapes").getList().getShape(0).getDimList().stream()
                .map(dimension -> dimension.getSize())
                .toList()
                .toString();
    }

    @Test
    void layersWithinLayersInJavaAreDrawn() throws IOException {
        final Network network = JavaLayers.network(
                Shape.of(784),
                new Layer.Dense(6, Activation.NONE),
                JavaLayers.OF_ALL_KINDS,
                new Layer.Dense(10, Activation.NONE));

        Training.run(job(network, 1), files(), patient());

        final Path run = EventReader.runs(log).get(0);
        final List<NodeDef> nodes = GraphDef.parseFrom(
                        EventReader.events(EventReader.runs(run).get(0)).get(2).getGraphDef())
                .getNodeList();
        final List<String> names = nodes.stream().map(NodeDef::getName).toList();
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(5);
        assertThat(nodes).allSatisfy(node -> assertThat(names).containsAll(node.getInputList()));
    }

    @Test
    void branchesAreDrawn() throws IOException {
        final NetworkDrawing drawing = new NetworkDrawing(Shape.of(784));
        final String one = drawing.add(new Layer.Dense(10, Activation.NONE));
        drawing.add(new Layer.Dense(6, Activation.NONE), Network.INPUT);
        final String own = drawing.add(JavaLayers.one(JavaLayers.OF_ALL_KINDS, Shape.of(6)));
        drawing.add(new Layer.Dense(10, Activation.NONE), own);
        drawing.add(new JoinLayer.Add(), one, drawing.last());

        Training.run(job(drawing.network(), 1), files(), patient());

        final Path run = EventReader.runs(log).get(0);
        final List<NodeDef> nodes = GraphDef.parseFrom(
                        EventReader.events(EventReader.runs(run).get(0)).get(2).getGraphDef())
                .getNodeList();
        assertThat(nodes)
                .filteredOn(node -> !node.getName().startsWith(own + "/"))
                .extracting(node -> node.getName() + " " + node.getInputList())
                .containsExactly(
                        "input []",
                        "dense [input]",
                        "dense_1 [input]",
                        "dense_2 [" + own + "/output]",
                        "add [dense, dense_2]");
    }

    /** Checkpoints every 4 steps, rows every 3; 16 steps an epoch. What the dead run logged behind its last one is gone. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 6, 16, 17, 23, 32, 33, 47})
    void aRunThatDiedGoesOnInItsLog(final int step) throws IOException {
        assertThatThrownBy(() -> Training.run(job(network(), 3), kept(4, Unit.STEPS), new Mortal(step)))
                .isInstanceOf(IllegalStateException.class);
        final TrainedModel trained = Training.run(job(network(), 3), kept(4, Unit.STEPS), patient());

        final List<Path> runs = EventReader.runs(log);
        assertThat(runs).hasSize(step < 4 ? 2 : 1); // without a checkpoint it is a new run
        assertThat(withoutSeconds(runs.get(runs.size() - 1))).isEqualTo(numbers(trained.log()));
    }

    /** The row of the last epoch is at the step at which the run goes on. */
    @Test
    void twoAndOneEpochsAreThreeInOneLog() throws IOException {
        Training.run(job(network(), 2), kept(1, Unit.EPOCHS), patient());
        final TrainedModel trained = Training.run(job(network(), 3), kept(1, Unit.EPOCHS), patient());

        assertThat(EventReader.runs(log)).hasSize(1);
        assertThat(withoutSeconds(EventReader.runs(log).get(0))).isEqualTo(numbers(trained.log()));
    }

    @Test
    void theLogCanBeReadWhileTheRunGoesOn() {
        final List<Integer> epochs = new ArrayList<>();
        final GanMonitor reader = new Mortal(Long.MAX_VALUE) {
            @Override
            public boolean goOn(final Progress progress) {
                if (progress.step() == 0 && progress.epoch() > 0) {
                    try {
                        epochs.add(EventReader.numbers(EventReader.runs(log).get(0))
                                .get("epoch/Loss")
                                .size());
                    } catch (final IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
                return true;
            }
        };

        Training.run(job(network(), 3), files(), reader);

        assertThat(epochs).containsExactly(1, 2);
    }

    @Test
    void eachRunHasAFolderOfItsOwn() throws IOException {
        for (int i = 0; i < 3; i++) {
            Training.run(job(network(), 1), files(), patient());
        }

        assertThat(EventReader.runs(log)).hasSize(3).allSatisfy(run -> assertThat(EventReader.numbers(run))
                .containsKey("epoch/Loss"));
    }

    @Test
    void whatAStepReportsIsLogged() throws IOException {
        final String step = """
                try (GradientTape tape = new GradientTape()) {
                    Tensor loss = run.loss().call(y, run.model().call(x, Mode.TRAINING));
                    run.report("Doubled", loss.mul(2)); run.report("Step", run.step() + 1);
                    return loss;
                }
                """.replace("\"Step\"", "\"Number\"");

        CodeTraining.run(job(network(), 1), OwnCode.ofStep(StepCode.step(step)), files(), patient());

        final Map<String, Map<Long, Float>> numbers =
                EventReader.numbers(EventReader.runs(log).get(0));
        assertThat(numbers.get("step/Number")).containsEntry(3L, 4f).containsEntry(15L, 16f);
        assertThat(numbers.get("step/Doubled").get(6L))
                .isEqualTo(2 * numbers.get("step/Loss").get(6L));
    }

    @Test
    void aGanLogsItsImagesAndBothNetworks() throws IOException {
        final Network generator = Network.of(
                Shape.of(5), List.of(new Layer.Dense(784, Activation.SIGMOID), new Layer.Reshape(Shape.of(28, 28, 1))));
        final Network discriminator =
                Network.of(Shape.of(28, 28, 1), List.of(new Layer.Flatten(), new Layer.Dense(1, Activation.NONE)));
        final GanJob job = new GanJob(
                new GanJob.Player(TestData.fresh(generator, 1), new OptimizerConfig.Adam(4e-3)),
                new GanJob.Player(TestData.fresh(discriminator, 2), new OptimizerConfig.Adam(3e-3)),
                TestData.mnistImages(folder.resolve("images"), 310),
                new GanConfig(new TrainingConfig(2, 32, 100, 7, 1, 0), 5, 0.05, new GanConfig.KeptImages(4, 2)),
                TestDevice.compute(Execution.COMPILED));

        final TrainedGan trained = GanTraining.run(job, files(), patient());

        final Path run = EventReader.runs(log).get(0);
        final Map<String, TreeMap<Long, Summary.Value>> values = EventReader.values(run);
        assertThat(values.keySet().stream().sorted().collect(Collectors.joining(", ")))
                .isEqualTo("epoch/Discriminator learning rate, epoch/Discriminator loss, epoch/Generator learning rate,"
                        + " epoch/Generator loss, epoch/Seconds, generated/fixed noise 0, generated/fixed noise 1,"
                        + " generated/running noise, step/Discriminator loss, step/Generator loss");
        for (final GeneratedImage image : trained.images()) {
            final String tag = image.noise() == GeneratedImage.Noise.RUNNING
                    ? "generated/running noise"
                    : "generated/fixed noise " + image.number();
            final Summary.Image logged =
                    values.get(tag).get(image.epoch() * 10L + image.step()).getImage();
            final BufferedImage png = ImageIO.read(
                    new ByteArrayInputStream(logged.getEncodedImageString().toByteArray()));
            assertThat(List.of(logged.getHeight(), logged.getWidth(), logged.getColorspace()))
                    .containsExactly(28, 28, 1);
            assertThat((byte[]) png.getRaster().getDataElements(0, 0, 28, 28, null))
                    .isEqualTo(image.pixels());
        }
        assertThat(
                        GraphDef.parseFrom(
                                        EventReader.events(EventReader.runs(run).get(0))
                                                .get(2)
                                                .getGraphDef())
                                .getNodeList()
                                .stream()
                                .map(NodeDef::getName)
                                .toList())
                .contains("generator/input", "generator/reshape", "discriminator/flatten", "discriminator/dense");
    }

    @Test
    void aFolderThatIsNoneIsToldBeforeTheRun() throws IOException {
        Files.createFile(log);

        assertThatThrownBy(() -> Training.run(job(network(), 1), files(), patient()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The log for TensorBoard could not be written to " + log + " (" + log
                        + " is a file, not a folder); free some space or choose a place that can be written to.");
    }

    @Test
    void aLogThatCannotBeWrittenIsToldOnceAndTheRunGoesOn() throws IOException {
        final Mortal monitor = patient();
        try (TensorBoardLog board = TensorBoardLog.open(log, monitor::warn)) {
            Files.delete(log);
            Files.createFile(log);
            final LoopListener listener = board.besides(
                    new GuideLines(monitor),
                    new TensorBoardLog.Content(
                            List.of("Loss"), List.of(), List.of("Learning rate"), 10, Map.of("", network())));
            listener.begins(0, Optional.empty());
            listener.logged(new TrainingLog.StepRow(0, 0, 32, List.of(1.0), List.of(), Map.of()));
        }

        assertThat(monitor.warnings)
                .singleElement()
                .asString()
                .startsWith("The log for TensorBoard could not be written to " + log)
                .endsWith(" The run goes on without it.");
    }
}
