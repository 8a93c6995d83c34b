package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.callback.CallbacksConfig.NonFiniteLoss;
import org.gradienttape.callback.CheckpointConfig;
import org.gradienttape.callback.EarlyStoppingConfig;
import org.gradienttape.callback.EarlyStoppingConfig.Kept;
import org.gradienttape.callback.PlateauConfig;
import org.gradienttape.callback.Schedule;
import org.gradienttape.callback.Watch;
import org.gradienttape.checkpoint.CheckpointPlan;
import org.gradienttape.checkpoint.CheckpointPlan.Resume;
import org.gradienttape.checkpoint.CheckpointPlan.Unit;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.gan.GeneratedImage;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WrapperLayer;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.model.ModelFile;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.gan.GanJob;
import org.gradienttape.torch.gan.GanTraining;
import org.gradienttape.torch.gan.TrainedGan;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that ended goes on, and ends with the bits of one that was never disturbed. */
class ResumeTest {
    private static final int SAMPLES = 500;
    private static final int BATCH = 32;
    private static final Watch VALIDATION = new Watch("Validation loss", 0);

    @TempDir
    private Path folder;

    private DatasetPair digits;
    private Path checkpoints;

    @BeforeEach
    void readDigits() throws IOException {
        digits = TestData.mnistHeldOut(folder.resolve("data"), SAMPLES, 100);
        checkpoints = folder.resolve("checkpoints");
    }

    /** With everything that remembers: Adam, dropout, batch statistics, schedule, all callbacks, all metrics. */
    private TrainingJob job(final Execution execution, final int epochs, final long seed) {
        final Network network = Network.of(
                Shape.of(784),
                List.of(
                        new Layer.Dense(16, Activation.RELU),
                        new NormalizationLayer.BatchNormalization(),
                        new Layer.Dropout(0.3),
                        new Layer.ActivityRegularization(1e-4, 0),
                        new Layer.Dense(10, Activation.NONE)));
        return job(network, execution, epochs, seed);
    }

    private TrainingJob job(final Network network, final Execution execution, final int epochs, final long seed) {
        return new TrainingJob(
                TestData.fresh(network, 1),
                digits.training(),
                digits.heldOut(),
                new Objective(
                        new Loss.SparseCategoricalCrossentropy(),
                        new MetricsConfig(Set.of(MetricsConfig.Kind.values()), 3)),
                Update.of(new OptimizerConfig.Nadam(0.01)),
                new TrainingConfig(epochs, BATCH, 100, seed, 3),
                new CallbacksConfig(
                        new Schedule.WarmUp(10, 0, new Schedule.Cosine(100, 0.1)),
                        Optional.of(new PlateauConfig(VALIDATION, 0.5, 1, 1, 0)),
                        Optional.of(new EarlyStoppingConfig(VALIDATION, 20, Kept.BEST)),
                        Optional.of(new CheckpointConfig(
                                VALIDATION,
                                List.of(folder.resolve("best.gradienttape")),
                                CheckpointConfig.Existing.REPLACE)),
                        NonFiniteLoss.STOP),
                TestDevice.compute(execution));
    }

    private RunFiles every(final int number, final Unit unit, final Resume resume) {
        return RunFiles.of(new CheckpointPlan(checkpoints, number, unit, resume));
    }

    /** Ends the run before a step of the whole run; of validation, before its first call. */
    private static class Stopper implements GanMonitor {
        private final List<String> lines = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private final long atStep;

        Stopper(final long atStep) {
            this.atStep = atStep;
        }

        @Override
        public boolean goOn(final Progress progress) {
            return progress.stepsDone() < atStep;
        }

        @Override
        public void log(final String line) {
            lines.add(line);
        }

        @Override
        public void warn(final String sentence) {
            warnings.add(sentence);
        }
    }

    private static Stopper patient() {
        return new Stopper(Long.MAX_VALUE);
    }

    /** 16 steps an epoch: at the start, in an epoch, at its end before validation, in a later epoch. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 16, 17, 31, 40})
    void aCancelledRunGoesOnWhereItWas(final int step) {
        final TrainedModel whole = Training.run(job(Execution.COMPILED, 3, 7), patient());

        final TrainedModel cancelled =
                Training.run(job(Execution.COMPILED, 3, 7), every(4, Unit.STEPS, Resume.NEVER), new Stopper(step));
        final Stopper monitor = patient();
        final TrainedModel resumed =
                Training.run(job(Execution.COMPILED, 3, 7), every(4, Unit.STEPS, Resume.MUST), monitor);

        assertThat(cancelled.log().stopReason()).isEqualTo(StopReason.CANCELLED);
        assertAlike(resumed, whole);
        final TrainingLog.Resumption place = resumed.log().resumptions().get(0);
        assertThat(place.epoch() * 16L + place.step()).isBetween((long) step - 0, (long) step + 25);
        assertThat(monitor.lines.get(0)).isEqualTo("resumed at epoch " + place.epoch() + ", step " + place.step());
        assertThat(monitor.warnings).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void twoAndTwoEpochsAreFour(final Execution execution) {
        final TrainedModel four = Training.run(job(execution, 4, 7), patient());

        Training.run(job(execution, 2, 7), every(1, Unit.EPOCHS, Resume.IF_THERE), patient());
        final TrainedModel resumed =
                Training.run(job(execution, 4, 7), every(1, Unit.EPOCHS, Resume.IF_THERE), patient());

        assertAlike(resumed, four);
        assertThat(resumed.log().resumptions()).containsExactly(new TrainingLog.Resumption(2, 0));
    }

    /** Averages that move with each step of a sequence, and numbers that are dropped for each step. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void layersOfEachStepGoOnWhereTheyWere(final Execution execution) {
        final Network network = Network.of(
                Shape.of(784),
                List.of(
                        new Layer.Reshape(Shape.of(4, 196)),
                        new WrapperLayer.TimeDistributed(new Layer.Dense(8, Activation.RELU)),
                        new WrapperLayer.TimeDistributed(new NormalizationLayer.BatchNormalization()),
                        new WrapperLayer.TimeDistributed(new Layer.Dropout(0.3)),
                        new Layer.Flatten(),
                        new Layer.Dense(10, Activation.NONE)));
        final TrainedModel whole = Training.run(job(network, execution, 2, 7), patient());

        Training.run(job(network, execution, 2, 7), every(4, Unit.STEPS, Resume.NEVER), new Stopper(21));
        final TrainedModel resumed =
                Training.run(job(network, execution, 2, 7), every(4, Unit.STEPS, Resume.MUST), patient());

        assertThat(resumed.log().resumptions()).isNotEmpty();
        assertAlike(resumed, whole);
    }

    @Test
    void aRunThatIsDoneGivesItsResultAgain() {
        final TrainedModel once =
                Training.run(job(Execution.COMPILED, 2, 7), every(100, Unit.MINUTES, Resume.IF_THERE), patient());

        final TrainedModel again =
                Training.run(job(Execution.COMPILED, 2, 7), every(100, Unit.MINUTES, Resume.MUST), patient());

        assertAlike(again, once);
        assertThat(again.log().epochs()).isEqualTo(once.log().epochs()); // with the seconds
    }

    @Test
    void aRunThatEndedEarlyStaysEnded() {
        final TrainingJob job = job(Execution.COMPILED, 60, 7);
        final TrainedModel whole = Training.run(job, patient());
        assertThat(whole.log().stopReason()).isEqualTo(StopReason.EARLY_STOPPING);

        Training.run(
                job,
                every(7, Unit.STEPS, Resume.IF_THERE),
                new Stopper(16L * (whole.log().epochs().size() - 3)));
        assertAlike(Training.run(job, every(7, Unit.STEPS, Resume.MUST), patient()), whole);
        assertAlike(Training.run(job, every(7, Unit.STEPS, Resume.MUST), patient()), whole);
    }

    @Test
    void theCheckpointIsAModelFileOfTheModelAsItIsThen() throws IOException {
        final TrainedModel trained =
                Training.run(job(Execution.COMPILED, 1, 7), every(5, Unit.STEPS, Resume.IF_THERE), patient());

        assertThat(ModelFile.read(newest()).network()).isEqualTo(trained.model().network());
        assertThat(files()).hasSize(2).allSatisfy(file -> assertThat(
                        ModelFile.readOutline(file).network())
                .isEqualTo(trained.model().network()));
    }

    @Test
    void aCheckpointOfAnotherRunIsRefusedAndSaysWhatDiffers() {
        Training.run(job(Execution.COMPILED, 1, 7), every(5, Unit.STEPS, Resume.IF_THERE), patient());

        for (final Resume resume : List.of(Resume.IF_THERE, Resume.MUST)) {
            assertThatThrownBy(
                            () -> Training.run(job(Execution.COMPILED, 1, 8), every(5, Unit.STEPS, resume), patient()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The checkpoint in " + checkpoints + " is of another run: the seed was 7 and is 8;"
                            + " put that back, choose another folder, or let the run begin anew.");
        }
        final TrainedModel anew =
                Training.run(job(Execution.COMPILED, 1, 8), every(5, Unit.STEPS, Resume.NEVER), patient());
        assertThat(anew.log().resumptions()).isEmpty();
        assertAlike(anew, Training.run(job(Execution.COMPILED, 1, 8), patient()));
    }

    @Test
    void otherDataAndFewerEpochsAreRefused() throws IOException {
        Training.run(job(Execution.COMPILED, 2, 7), every(5, Unit.STEPS, Resume.IF_THERE), patient());

        assertThatThrownBy(
                        () -> Training.run(job(Execution.COMPILED, 1, 7), every(5, Unit.STEPS, Resume.MUST), patient()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "The run was to go on, but its checkpoint has 32 steps and the settings want only 16;");
        digits = TestData.mnistHeldOut(folder.resolve("other"), SAMPLES - 1, 100);
        assertThatThrownBy(
                        () -> Training.run(job(Execution.COMPILED, 2, 7), every(5, Unit.STEPS, Resume.MUST), patient()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the number of samples of the training data was 500 and is 499");
    }

    @Test
    void withoutACheckpointARunBeginsUnlessItMustGoOn() {
        assertThatThrownBy(
                        () -> Training.run(job(Execution.COMPILED, 1, 7), every(5, Unit.STEPS, Resume.MUST), patient()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The run must go on from a checkpoint, but there is none in " + checkpoints
                        + "; choose the folder of the run, or let it begin anew.");
    }

    /** It is whole: the one before it would silently lose what later nodes have trained. */
    @Test
    void aCheckpointOfALaterVersionIsRefused() throws IOException {
        Training.run(job(Execution.COMPILED, 2, 7), every(5, Unit.STEPS, Resume.IF_THERE), new Stopper(20));
        try (FileSystem zip = FileSystems.newFileSystem(newest())) {
            final Path run = zip.getPath("run.json");
            Files.writeString(run, Files.readString(run).replace("\"version\":1,", "\"version\":2,"));
        }

        assertThatThrownBy(() ->
                        Training.run(job(Execution.COMPILED, 2, 7), every(5, Unit.STEPS, Resume.IF_THERE), patient()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The checkpoint " + newest() + " holds a run of the format's version 2, but these nodes read"
                                + " it up to version 1; update the extension GradientTape Nodes.");
    }

    @Test
    void aCutCheckpointIsToldAndTheOneBeforeTaken() throws IOException {
        final TrainedModel whole = Training.run(job(Execution.COMPILED, 2, 7), patient());
        Training.run(job(Execution.COMPILED, 2, 7), every(5, Unit.STEPS, Resume.IF_THERE), new Stopper(20));
        final byte[] bytes = Files.readAllBytes(newest());
        Files.write(newest(), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        final Stopper monitor = patient();

        final TrainedModel resumed =
                Training.run(job(Execution.COMPILED, 2, 7), every(5, Unit.STEPS, Resume.MUST), monitor);

        assertAlike(resumed, whole);
        assertThat(monitor.warnings).singleElement().asString().contains("it is cut off or damaged");
    }

    /** The best model is of the run itself, though the state that it goes on from knows nothing of it. */
    @Test
    void aBestModelWrittenBehindTheLastStateIsTheRunsOwn() {
        final TrainingJob job = withBest(CheckpointConfig.Existing.FAIL);
        final TrainedModel whole = Training.run(job(Execution.EAGER, 3, 7), patient());
        final Path best = folder.resolve("first.gradienttape");
        final Stopper mortal = new Stopper(Long.MAX_VALUE) {
            @Override
            public boolean goOn(final Progress progress) {
                if (progress.stepsDone()
                        == 17) { // asked at each step; behind the first epoch's model, and before the state of step 20
                    assertThat(best).exists();
                    throw new IllegalStateException("killed");
                }
                return true;
            }
        };

        assertThatThrownBy(() -> Training.run(job, every(10, Unit.STEPS, Resume.IF_THERE), mortal))
                .isInstanceOf(IllegalStateException.class);
        final TrainedModel resumed = Training.run(job, every(10, Unit.STEPS, Resume.MUST), patient());

        assertAlike(resumed, whole);
        assertThatThrownBy(() -> Training.run(job, patient())) // another run's it is not
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("but there is one already");
    }

    /** Killed before its first checkpoint is due; nothing but the file of the best model could tell whose it is. */
    @Test
    void aBestModelWrittenBeforeTheFirstCheckpointIsTheRunsOwn() {
        final TrainingJob job = withBest(CheckpointConfig.Existing.FAIL);
        final TrainedModel whole = Training.run(job(Execution.EAGER, 3, 7), patient());
        final Stopper mortal = new Stopper(Long.MAX_VALUE) {
            @Override
            public boolean goOn(final Progress progress) {
                if (progress.stepsDone() == 20) {
                    assertThat(folder.resolve("first.gradienttape")).exists();
                    throw new IllegalStateException("killed");
                }
                return true;
            }
        };

        assertThatThrownBy(() -> Training.run(job, every(1000, Unit.STEPS, Resume.IF_THERE), mortal))
                .isInstanceOf(IllegalStateException.class);
        final TrainedModel again = Training.run(job, every(1000, Unit.STEPS, Resume.IF_THERE), patient());

        assertAlike(again, whole);
    }

    /** A refused run leaves nothing by which the next one would take the file for its own. */
    @Test
    void aModelOfAnotherRunIsRefusedAgainAndAgain() {
        final TrainingJob job = withBest(CheckpointConfig.Existing.FAIL);
        Training.run(job, patient());

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> Training.run(job, every(5, Unit.STEPS, Resume.IF_THERE), patient()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("but there is one already");
        }
    }

    /** A folder that is there and that nobody can write into, whoever it is. */
    @Test
    void aFolderThatIsReadOnlyIsToldBeforeTheRun() throws IOException {
        final Path tasks = Path.of("/proc/self/task").toRealPath();
        final CheckpointPlan plan = new CheckpointPlan(tasks, 5, Unit.STEPS, Resume.NEVER);

        assertThatThrownBy(() -> Training.run(job(Execution.COMPILED, 1, 7), RunFiles.of(plan), patient()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The checkpoints of the run could not be written to " + tasks + " (" + tasks
                        + "/.lock does not exist); free some space or choose a place that can be written to.");
    }

    private TrainingJob withBest(final CheckpointConfig.Existing existing) {
        final TrainingJob job = job(Execution.EAGER, 3, 7);
        return new TrainingJob(
                job.model(),
                job.training(),
                job.validation(),
                job.objective(),
                job.update(),
                job.config(),
                new CallbacksConfig(
                        job.callbacks().schedule(),
                        job.callbacks().plateau(),
                        job.callbacks().earlyStopping(),
                        Optional.of(new CheckpointConfig(
                                VALIDATION, List.of(folder.resolve("first.gradienttape")), existing)),
                        NonFiniteLoss.STOP),
                job.compute());
    }

    @Test
    void aCheckpointThatCannotBeWrittenIsToldAndTheRunGoesOn() {
        final TrainedModel whole = Training.run(job(Execution.COMPILED, 2, 7), patient());
        final Stopper monitor = new Stopper(Long.MAX_VALUE) {
            @Override
            public boolean goOn(final Progress progress) {
                if (progress.stepsDone() == 10) {
                    replaceFolder();
                }
                return super.goOn(progress);
            }
        };

        final TrainedModel trained =
                Training.run(job(Execution.COMPILED, 2, 7), every(5, Unit.STEPS, Resume.NEVER), monitor);

        assertAlike(trained, whole);
        assertThat(monitor.warnings).singleElement().asString().endsWith("The run goes on without this checkpoint.");
    }

    private void replaceFolder() {
        try {
            Files.move(checkpoints, folder.resolve("moved"));
            Files.createFile(checkpoints);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFolderThatIsNoneIsToldBeforeTheRun() throws IOException {
        Files.createFile(checkpoints);

        assertThatThrownBy(() ->
                        Training.run(job(Execution.COMPILED, 1, 7), every(5, Unit.STEPS, Resume.NEVER), patient()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The checkpoints of the run could not be written to " + checkpoints + " (" + checkpoints
                        + " is a file, not a folder); free some space or choose a place that can be written to.");
    }

    @Test
    void leftoversOfADeadRunAreClearedAway() throws IOException {
        Files.createDirectories(checkpoints);
        final Path unfinished =
                checkpoints.resolve(".checkpoint-000007.gradienttape.5f0c2c1e-0000-0000-0000-000000000000.tmp");
        final Path other = checkpoints.resolve("notes.txt");
        Files.writeString(unfinished, "half");
        Files.writeString(other, "mine");

        Training.run(job(Execution.COMPILED, 1, 7), every(5, Unit.STEPS, Resume.IF_THERE), patient());

        assertThat(unfinished).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void twoRunsCannotHaveOneFolder() {
        final Stopper second = patient();
        final List<Throwable> refused = new ArrayList<>();
        final TrainingMonitor first = new Stopper(Long.MAX_VALUE) {
            @Override
            public boolean goOn(final Progress progress) {
                if (progress.stepsDone() == 0 && refused.isEmpty()) {
                    try {
                        Training.run(job(Execution.COMPILED, 1, 7), every(5, Unit.STEPS, Resume.NEVER), second);
                    } catch (final InvalidInputException e) {
                        refused.add(e);
                    }
                }
                return true;
            }
        };

        Training.run(job(Execution.COMPILED, 1, 7), every(5, Unit.STEPS, Resume.NEVER), first);

        assertThat(refused).singleElement().satisfies(e -> assertThat(e)
                .hasMessageStartingWith("A run needs a folder of its own, but another run, in process "
                        + ProcessHandle.current().pid() + " on "));
        Training.run(job(Execution.COMPILED, 1, 7), every(5, Unit.STEPS, Resume.IF_THERE), second);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aGanGoesOnWithItsImages(final Execution execution) {
        final TrainedGan whole = GanTraining.run(gan(execution, 0), patient());

        final TrainedGan cancelled =
                GanTraining.run(gan(execution, 0), every(3, Unit.STEPS, Resume.NEVER), new Stopper(20));
        final TrainedGan resumed = GanTraining.run(gan(execution, 0), every(3, Unit.STEPS, Resume.MUST), patient());

        assertThat(cancelled.log().stopReason()).isEqualTo(StopReason.CANCELLED);
        assertAlike(resumed, whole);
    }

    /** A limit within an epoch ends it with a row that a longer run does not have. */
    @Test
    void aRunWithAStepLimitGoesOnWithinItsEpoch() {
        final TrainedGan limited = GanTraining.run(gan(Execution.COMPILED, 25), patient());
        final TrainedGan whole = GanTraining.run(gan(Execution.COMPILED, 0), patient());

        GanTraining.run(gan(Execution.COMPILED, 25), every(10, Unit.STEPS, Resume.NEVER), patient());
        assertAlike(
                GanTraining.run(gan(Execution.COMPILED, 25), every(10, Unit.STEPS, Resume.MUST), patient()), limited);
        assertAlike(GanTraining.run(gan(Execution.COMPILED, 0), every(10, Unit.STEPS, Resume.MUST), patient()), whole);
    }

    private GanJob gan(final Execution execution, final int stepLimit) {
        final Network generator = Network.of(
                Shape.of(5),
                List.of(
                        new Layer.Dense(20, Activation.RELU),
                        new NormalizationLayer.BatchNormalization(),
                        new Layer.Dense(784, Activation.SIGMOID),
                        new Layer.Reshape(Shape.of(28, 28, 1))));
        final Network discriminator = Network.of(
                Shape.of(28, 28, 1),
                List.of(
                        new Layer.Flatten(),
                        new Layer.Dense(10, Activation.RELU),
                        new Layer.Dropout(0.2),
                        new Layer.Dense(1, Activation.NONE)));
        try {
            return new GanJob(
                    new GanJob.Player(TestData.fresh(generator, 1), new OptimizerConfig.Adam(4e-3)),
                    new GanJob.Player(TestData.fresh(discriminator, 2), new OptimizerConfig.Adam(3e-3)),
                    TestData.mnistImages(folder.resolve("images" + Math.random()), SAMPLES),
                    new GanConfig(
                            new TrainingConfig(2, BATCH, 100, 7, 3, stepLimit),
                            5,
                            0.05,
                            new GanConfig.KeptImages(4, 2)),
                    TestDevice.compute(execution));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertAlike(final TrainedGan found, final TrainedGan expected) {
        assertThat(found.generator()).isEqualTo(expected.generator());
        assertThat(found.discriminator()).isEqualTo(expected.discriminator());
        assertAlike(found.log(), expected.log());
        assertThat(found.images().stream().map(ResumeTest::place).toList())
                .isEqualTo(expected.images().stream().map(ResumeTest::place).toList());
        assertThat(found.images().stream().map(GeneratedImage::pixels).toArray(byte[][]::new))
                .isDeepEqualTo(
                        expected.images().stream().map(GeneratedImage::pixels).toArray(byte[][]::new));
    }

    private static String place(final GeneratedImage image) {
        return image.epoch() + " " + image.step() + " " + image.noise() + " " + image.number() + " " + image.shape();
    }

    private static void assertAlike(final TrainedModel found, final TrainedModel expected) {
        assertThat(found.model()).isEqualTo(expected.model());
        assertAlike(found.log(), expected.log());
    }

    /** All but the seconds, and that the run went on. */
    static void assertAlike(final TrainingLog found, final TrainingLog expected) {
        assertThat(found.steps()).isEqualTo(expected.steps());
        assertThat(found.epochs().stream().map(ResumeTest::withoutSeconds).toList())
                .isEqualTo(expected.epochs().stream()
                        .map(ResumeTest::withoutSeconds)
                        .toList());
        assertThat(found.stopReason()).isEqualTo(expected.stopReason());
        assertThat(found.metrics()).isEqualTo(expected.metrics());
        assertThat(found.reported()).isEqualTo(expected.reported());
    }

    private static TrainingLog.EpochRow withoutSeconds(final TrainingLog.EpochRow row) {
        return new TrainingLog.EpochRow(
                row.epoch(),
                row.steps(),
                row.losses(),
                row.metrics(),
                row.validationLosses(),
                row.validationMetrics(),
                row.learningRates(),
                0);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.filter(file -> file.getFileName().toString().startsWith("checkpoint-"))
                    .sorted()
                    .toList();
        }
    }

    private Path newest() throws IOException {
        return files().get(files().size() - 1);
    }
}
