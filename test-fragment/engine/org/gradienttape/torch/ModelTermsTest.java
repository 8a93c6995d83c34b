package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.column.Column;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.MissingRule;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.UnknownRule;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.PixelRange;
import org.gradienttape.data.Pixels;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.csv.ColumnChoice;
import org.gradienttape.data.csv.CsvFile;
import org.gradienttape.data.csv.CsvSyntax;
import org.gradienttape.data.csv.CsvTable;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.reader.PixelRows;
import org.gradienttape.data.reader.TableSource;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.table.TableReader;
import org.gradienttape.data.table.TableRequest;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.prediction.Prediction;
import org.gradienttape.torch.prediction.PredictionJob;
import org.gradienttape.torch.training.CodeTraining;
import org.gradienttape.torch.training.Doubts;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Data that a model meets are what its training made of them: classes go by name, and pixels are scaled as it knows them. */
class ModelTermsTest {
    private static final List<String> TURNS = List.of("r0", "r90", "r180", "r270");
    /** So small that no weight changes. */
    private static final OptimizerConfig STILL = new OptimizerConfig.Sgd(1e-30);

    private static final OptimizerConfig ADAM = new OptimizerConfig.Adam(0.1);

    @TempDir
    private Path folder;

    private int read;

    /** Tells the four turns apart; its classes are r0, r180, r270, r90. */
    private Model turns;

    @BeforeEach
    void train() throws IOException {
        turns = train(Execution.COMPILED, fresh(4), ADAM, 30, turns(TURNS), Optional.empty())
                .model();
        assertThat(turns.preprocessing().classNames()).containsExactly("r0", "r180", "r270", "r90");
    }

    /** Matched by position, two thirds of the labels would be wrong: the data have no r180. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void validationGoesByName(final Execution execution) throws IOException {
        final TrainingLog log = train(
                        execution, fresh(4), ADAM, 30, turns(TURNS), Optional.of(turns(List.of("r270", "r0", "r90"))))
                .log();

        assertThat(log.epochs().get(29).validationMetrics()).containsExactly(1.0);
        assertThat(log.epochs().get(29).validationLoss().orElseThrow())
                .isCloseTo(log.epochs().get(29).loss(), within(0.05));
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void trainingGoesOnByNameAndTheModelKeepsItsClasses(final Execution execution) throws IOException {
        final TrainedModel on =
                train(execution, turns, STILL, 1, turns(List.of("r90", "r0", "r270")), Optional.empty());

        assertThat(on.log().epochs().get(0).metrics()).containsExactly(1.0);
        assertThat(on.model().preprocessing()).isEqualTo(turns.preprocessing());
        assertThat(on.model().weights()).isEqualTo(turns.weights());
    }

    /** The labels of r90, r0 and r270 among r0, r180, r270, r90 are 3, 0 and 2. */
    @Test
    void codeGetsTheLabelsOfTheModel() throws IOException {
        final TrainingJob job =
                job(Execution.EAGER, turns, STILL, 1, turns(List.of("r90", "r0", "r270")), Optional.empty());

        final TrainedModel trained = CodeTraining.run(
                new TrainingJob(
                        job.model(),
                        job.training(),
                        Optional.of(turns(List.of("r90"))),
                        job.objective(),
                        job.update(),
                        new TrainingConfig(1, 1, 1, 0, 1),
                        job.callbacks(),
                        job.compute()),
                OwnCode.ofStep(StepCode.step("""
                        run.report("Label", y.toLongArray()[0]);
                        return run.loss().call(y, run.model().call(x, Mode.TRAINING));
                        """)),
                TestData.PATIENT);

        assertThat(trained.log().steps().subList(0, 3))
                .extracting(row -> row.reported().get("Label"))
                .containsExactly(3.0, 0.0, 2.0);
        assertThat(trained.log().epochs().get(0).validationMetrics()).containsExactly(1.0);
        assertThat(trained.model().preprocessing().classNames()).containsExactly("r0", "r180", "r270", "r90");
    }

    @Test
    void aClassThatTheModelDoesNotKnowIsRefused() throws IOException {
        final Dataset more = turns(List.of("r0", "r45"));
        final TrainingJob training = job(Execution.COMPILED, turns, STILL, 1, more, Optional.empty());
        final TrainingJob validation =
                job(Execution.COMPILED, fresh(4), STILL, 1, turns(List.of("r0", "r90")), Optional.of(more));

        assertThatThrownBy(() -> Training.run(training, TestData.PATIENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The model knows the classes r0, r180, r270, r90, but the training data turns.csv has"
                        + " samples of r45; leave them out, or train a new model with them.");
        assertThatThrownBy(() -> Training.run(validation, TestData.PATIENT))
                .hasMessageContaining("The model knows the classes r0, r90, but the validation data turns.csv has")
                .hasMessageContaining("r45");
        assertThatThrownBy(() -> CodeTraining.run(
                        validation, OwnCode.ofStep(StepCode.template("StandardStep")), TestData.PATIENT))
                .hasMessageContaining("r45");
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void validationAndFurtherTrainingUseTheScalingOfTheModel(final Execution execution) throws IOException {
        final Dataset divided = pixels(Scaling.DIVIDE_BY_255);
        final Dataset stored = pixels(Scaling.AS_STORED);

        final TrainingLog alike = train(execution, fresh(2), ADAM, 3, divided, Optional.of(divided))
                .log();
        final TrainedModel mixed = train(execution, fresh(2), ADAM, 3, divided, Optional.of(stored));

        for (int epoch = 0; epoch < 3; epoch++) {
            assertThat(mixed.log().epochs().get(epoch).validationLoss())
                    .isEqualTo(alike.epochs().get(epoch).validationLoss());
        }
        assertThat(mixed.model().preprocessing().pixels())
                .contains(new Pixels(Scaling.DIVIDE_BY_255, PixelRange.ZERO_TO_255));
        final TrainedModel onAlike = train(execution, mixed.model(), ADAM, 2, divided, Optional.empty());
        final TrainedModel onMixed = train(execution, mixed.model(), ADAM, 2, stored, Optional.empty());
        assertThat(onMixed.model()).isEqualTo(onAlike.model());
    }

    @Test
    void predictionUsesTheScalingOfTheModel() throws IOException {
        final Model model = train(
                        Execution.COMPILED, fresh(2), ADAM, 3, pixels(Scaling.MINUS_ONE_TO_ONE), Optional.empty())
                .model();

        assertThat(outputs(model, pixels(Scaling.AS_STORED)))
                .isEqualTo(outputs(model, pixels(Scaling.MINUS_ONE_TO_ONE)))
                .isEqualTo(outputs(model, pixels(Scaling.DIVIDE_BY_255)));
    }

    /** Mean of the losses of a model that puts out its inputs: only the scaling makes them. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void pixelsOfMinusOneToOneReachTheModel(final Execution execution) throws IOException {
        final Dataset black = dataset("black.csv", Scaling.MINUS_ONE_TO_ONE, "0,0,0,0,c0", "255,255,255,255,c0");
        final Model model = new Model(
                fresh(1).network(),
                Weights.of(
                        fresh(1).network(),
                        Map.of("dense/kernel", new float[] {1, 0, 0, 0}, "dense/bias", new float[1])),
                fresh(1).provenance());
        final TrainingJob job = job(execution, model, STILL, 1, black, Optional.empty());

        final TrainingLog log = Training.run(
                        new TrainingJob(
                                job.model(),
                                job.training(),
                                job.validation(),
                                Objective.of(new Loss.BinaryCrossentropy()),
                                job.update(),
                                new TrainingConfig(1, 1, 1, 0, 1),
                                job.callbacks(),
                                job.compute()),
                        TestData.PATIENT)
                .log();

        // log(1 + exp(-1)) and log(1 + exp(1))
        assertThat(log.steps().get(0).loss()).isCloseTo(0.3132617, within(1e-6));
        assertThat(log.steps().get(1).loss()).isCloseTo(1.3132617, within(1e-6));
    }

    @Test
    void whatIsRescaledIsSaidOnce() throws IOException {
        final Dataset divided = pixels(Scaling.DIVIDE_BY_255);
        final Dataset stored = pixels(Scaling.AS_STORED);
        final Model model = train(Execution.COMPILED, fresh(2), ADAM, 1, divided, Optional.empty())
                .model();
        final TrainingJob both = job(Execution.COMPILED, model, ADAM, 1, stored, Optional.of(stored));
        final TrainingJob alike = job(Execution.COMPILED, model, ADAM, 1, divided, Optional.of(divided));
        final TrainingJob one = job(Execution.COMPILED, fresh(2), ADAM, 1, divided, Optional.of(stored));

        assertThat(Doubts.ofScaling(both, both.inTermsOfTheModel()))
                .contains("The model knows pixels from 0 to 1, so the training data pixels.csv and the validation data"
                        + " pixels.csv are scaled to that and not as they were read; choose the same pixel scaling for"
                        + " all data.");
        assertThat(Doubts.ofScaling(one, one.inTermsOfTheModel()).orElseThrow())
                .contains("so the validation data pixels.csv are scaled");
        assertThat(Doubts.ofScaling(alike, alike.inTermsOfTheModel())).isEmpty();
    }

    /** Two tables that were made apart have other means; those that were made together have the same. */
    @Test
    void rowsThatBringOtherMeansAreSaid() throws IOException {
        final DatasetPair first = rows("first.csv", 1);
        final DatasetPair second = rows("second.csv", 2);
        final TrainingJob apart =
                job(Execution.COMPILED, linear(), ADAM, 1, first.training(), Optional.of(second.training()));
        final TrainingJob together = job(Execution.COMPILED, linear(), ADAM, 1, first.training(), first.heldOut());

        assertThat(Doubts.ofEncoding(apart, apart.inTermsOfTheModel()))
                .contains("The model keeps the means and texts of the columns that it learned first, so those which the"
                        + " validation data second.csv bring do not count; make all data together, with a validation"
                        + " table, if that is not meant.");
        assertThat(Doubts.ofEncoding(together, together.inTermsOfTheModel())).isEmpty();
    }

    private DatasetPair rows(final String name, final int factor) throws IOException {
        final List<String> lines = new ArrayList<>(List.of("a,b,kind"));
        for (int i = 0; i < 20; i++) {
            lines.add(factor * i + "," + i % 7 + ",k" + i % 2);
        }
        final Path place = Files.createDirectories(folder.resolve(String.valueOf(read++)));
        final CsvFile file = CsvFile.open(
                Files.write(place.resolve(name), lines), new CsvSyntax(',', CsvSyntax.FirstLine.AUTOMATIC));
        final List<ColumnRule> rules = Stream.of("a", "b")
                .map(column -> new ColumnRule(
                        new Column(column, Column.Kind.NUMBER),
                        NumberScaling.STANDARDIZED,
                        MissingRule.REFUSE,
                        UnknownRule.REFUSE))
                .toList();
        return TableReader.read(
                new TableRequest(
                        CsvTable.open(file, Map.of(), done -> true),
                        Optional.empty(),
                        rules,
                        new TableRequest.Goal.Classes("kind"),
                        Optional.empty(),
                        new ReadRequest.Split(new HeldOut.LastSamples(4), false, 0)),
                place.resolve("training"),
                place.resolve("held-out"),
                done -> true);
    }

    private static float[] outputs(final Model model, final Dataset data) {
        final List<float[]> batches = new ArrayList<>();
        Prediction.run(new PredictionJob(model, data, 256, TestDevice.compute()), batch -> {
            batches.add(batch.outputs().values());
            return true;
        });
        return batches.get(0);
    }

    private static TrainedModel train(
            final Execution execution,
            final Model model,
            final OptimizerConfig optimizer,
            final int epochs,
            final Dataset training,
            final Optional<Dataset> validation) {
        return Training.run(job(execution, model, optimizer, epochs, training, validation), TestData.PATIENT);
    }

    private static TrainingJob job(
            final Execution execution,
            final Model model,
            final OptimizerConfig optimizer,
            final int epochs,
            final Dataset training,
            final Optional<Dataset> validation) {
        return new TrainingJob(
                model,
                training,
                validation,
                Objective.of(new Loss.SparseCategoricalCrossentropy()),
                Update.of(optimizer),
                new TrainingConfig(epochs, 16, 0, 0, 1),
                CallbacksConfig.NONE,
                TestDevice.compute(execution));
    }

    private static Model fresh(final int outputs) {
        return TestData.fresh(Network.of(Shape.of(4), List.of(new Layer.Dense(outputs, Activation.NONE))), 1);
    }

    private static Model linear() {
        return TestData.fresh(Network.of(Shape.of(2), List.of(new Layer.Dense(2, Activation.NONE))), 1);
    }

    /** Ten rows of each class; the number 3 stands in the column of the turn. */
    private Dataset turns(final List<String> classes) throws IOException {
        final List<String> lines = new ArrayList<>();
        for (int row = 0; row < 10 * classes.size(); row++) {
            final String name = classes.get(row % classes.size());
            final String[] cells = {"0.0", "0.0", "0.0", "0.0", name};
            cells[Math.max(0, TURNS.indexOf(name))] = "3.0";
            lines.add(String.join(",", cells));
        }
        return dataset("turns.csv", Scaling.AS_STORED, lines.toArray(String[]::new));
    }

    /** Dark and bright rows of pixels as stored. */
    private Dataset pixels(final Scaling scaling) throws IOException {
        final String[] lines = new String[32];
        Arrays.setAll(lines, row -> (row * 3) + "," + (row % 2 == 0 ? 200 + row : row) + ",17,250," + "c" + (row % 2));
        return dataset("pixels.csv", scaling, lines);
    }

    private Dataset dataset(final String name, final Scaling scaling, final String... lines) throws IOException {
        final Path place = folder.resolve(String.valueOf(read++));
        Files.createDirectories(place);
        Files.write(place.resolve(name), List.of(lines));
        final CsvFile file = CsvFile.open(place.resolve(name), new CsvSyntax(',', CsvSyntax.FirstLine.A_SAMPLE));
        final List<String> pixels =
                new ColumnChoice.AllBut(List.of()).of(file.columnNames(), List.of(file.usualTarget()), name);
        final DatasetSource source = new TableSource(
                PixelRows.of(file, pixels, file.usualTarget(), done -> true),
                Optional.empty(),
                new ImageForm(ImageForm.Colors.GRAYSCALE, Optional.empty()));
        return DatasetReader.read(
                        new ReadRequest(
                                source,
                                new ReadRequest.Form(scaling, SampleShape.FLAT),
                                new ReadRequest.Split(new HeldOut.None(), false, 0)),
                        place.resolve("dataset"),
                        place.resolve("nothing"),
                        done -> true)
                .training();
    }
}
