package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.code.CodeStop;
import org.gradienttape.code.NetworkBuilder;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.export.OnnxFile;
import org.gradienttape.export.TorchScriptFile;
import org.gradienttape.file.IfExists;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.LayerPlan;
import org.gradienttape.layer.LayerSummary;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.prediction.Prediction;
import org.gradienttape.torch.prediction.PredictionJob;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers and whole models in Java, from the Model Builder's text to training, prediction and files. */
class CodeLayerTest {
    private static final Layer HIDDEN = new Layer.Dense(64, Activation.RELU);
    private static final Layer LOGITS = new Layer.Dense(10, Activation.NONE);
    private static final Shape DIGIT = Shape.of(784);

    @TempDir
    private Path folder;

    /** After ReLU no number is below 0, so the guide's sum is ActivityRegularization's sum of absolute values. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void theGuidesLayerLearnsAsTheBuiltInOne(final Execution execution) throws IOException {
        final Network own =
                JavaLayers.network(DIGIT, HIDDEN, StepCode.template("ActivityRegularizationLayer"), HIDDEN, LOGITS);
        final Network builtIn =
                Network.of(DIGIT, List.of(HIDDEN, new Layer.ActivityRegularization(0.01, 0), HIDDEN, LOGITS));

        final TrainingLog found = train(own, execution);

        final TrainingLog expected = train(builtIn, execution);
        assertThat(found.steps()).hasSize(32);
        for (int i = 0; i < 32; i++) {
            Reference.assertMet(
                    "step " + i,
                    found.steps().get(i).loss(),
                    expected.steps().get(i).loss(),
                    2e-5);
        }
        assertThat(own.nodes().get(1).name()).isEqualTo("activity_regularization_layer");
    }

    /** w and b of the guide's layer, once more: what a Dense layer of the same numbers gives. */
    @Test
    void aLayerWithWeightsOfItsOwnComputesAsDenseDoes() throws IOException {
        final Network own = JavaLayers.network(Shape.of(6), StepCode.template("Linear"));
        final Network dense = Network.of(Shape.of(6), List.of(new Layer.Dense(32, Activation.NONE)));
        final Map<String, float[]> values = new HashMap<>();
        final Weights start = Weights.initial(own, 3);
        values.put("dense/kernel", start.get("linear/w"));
        values.put("dense/bias", start.get("linear/b"));

        final float[] found = predict(fresh(own, 3), 20, 4);

        assertThat(found).isEqualTo(predict(new Model(dense, Weights.of(dense, values), Provenance.of("Test")), 20, 4));
        assertThat(own.parameterCount()).isEqualTo(6 * 32 + 32);
        assertThat(deviation(start.get("linear/w"))).isBetween(0.04, 0.06); // Keras' random_normal: 0.05
    }

    private static double deviation(final float[] numbers) {
        double squares = 0;
        for (final float number : numbers) {
            squares += number * number;
        }
        return Math.sqrt(squares / numbers.length);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aWholeModelInJavaLearns(final Execution execution) throws IOException {
        final TrainingLog log = train(JavaLayers.network(DIGIT, StepCode.template("BranchingModel")), execution);

        assertThat(log.epochs().get(1).loss())
                .isLessThan(0.8 * log.epochs().get(0).loss());
    }

    @Test
    void bothExecutionsGiveTheSameNumbers() throws IOException {
        final Network network = JavaLayers.network(DIGIT, StepCode.template("BranchingModel"));

        final TrainingLog compiled = train(network, Execution.COMPILED);
        final TrainingLog eager = train(network, Execution.EAGER);

        for (int i = 0; i < 32; i++) {
            Reference.assertMet(
                    "step " + i,
                    compiled.steps().get(i).loss(),
                    eager.steps().get(i).loss(),
                    1e-5);
        }
    }

    @Test
    void theSameRunGivesTheSameBytes() throws IOException {
        final Network network = JavaLayers.network(
                DIGIT, new Layer.Dense(8, Activation.TANH), StepCode.template("Sampling"), HIDDEN, LOGITS);

        final Weights once = trained(network, Execution.COMPILED).model().weights();

        assertThat(trained(network, Execution.COMPILED).model().weights()).isEqualTo(once);
    }

    /** By hand from the text of the template. */
    @Test
    void summaryAndPictureComeFromTheTrace() {
        final Network network = JavaLayers.network(DIGIT, StepCode.template("BranchingModel"));

        final List<String> rows = LayerSummary.of(network).rows().stream()
                .map(row -> row.name() + "|" + row.type() + "|" + row.output() + "|" + row.parameters() + "|"
                        + row.trainable())
                .toList();
        final LayerPlan plan = ((CodeLayer) network.layers().get(0)).plan();

        assertThat(rows)
                .containsExactly(
                        "branching_model|BranchingModel (Java code)|10|0|false",
                        "branching_model/dense|Dense|32|25120|true",
                        "branching_model/residual/dense|Dense|32|1056|true",
                        "branching_model/dense_1|Dense|32|25120|true",
                        "branching_model/dense_2|Dense|10|650|true");
        assertThat(plan.parts())
                .extracting(part -> part.name() + " from " + part.from())
                .containsExactly(
                        "dense from []",
                        "residual/dense from [dense, dense_1]",
                        "dense_1 from []",
                        "dense_2 from [dense, residual/dense, dense_1]");
        assertThat(plan.outputFrom()).containsExactly("dense_2");
        assertThat(network.parameterCount()).isEqualTo(25120 + 1056 + 25120 + 650);
    }

    @Test
    void weightsOfTheLayerItselfStandInItsOwnRow() {
        final Network network = JavaLayers.network(Shape.of(6), JavaLayers.OF_ALL_KINDS);

        assertThat(LayerSummary.of(network).rows())
                .extracting(row -> row.name() + " " + row.parameters())
                .containsExactly(
                        "of_all_kinds 6",
                        "of_all_kinds/dense 42",
                        "of_all_kinds/batch_normalization 24",
                        "of_all_kinds/scaled 6");
        assertThat(network.nodes().get(0).weights())
                .extracting(WeightSpec::name)
                .containsExactly(
                        "bias",
                        "dense/kernel",
                        "dense/bias",
                        "batch_normalization/gamma",
                        "batch_normalization/beta",
                        "batch_normalization/moving_mean",
                        "batch_normalization/moving_variance",
                        "scaled/factor");
    }

    @Test
    void theEndOfAModelInJavaIsKnown() {
        final Network softmax = JavaLayers.network(
                Shape.of(4),
                JavaLayers.layer(
                        "private final Sublayer end = layer(new Layer.Dense(3, Activation.SOFTMAX));",
                        "return end.call(x, mode);"));
        final Network passing = JavaLayers.network(
                Shape.of(4), new Layer.Dense(3, Activation.TANH), StepCode.template("ActivityRegularizationLayer"));

        assertThat(softmax.endsInProbabilities()).isTrue();
        assertThat(passing.lastActivation()).isEqualTo(Activation.TANH);
        assertThat(JavaLayers.network(Shape.of(4), StepCode.template("Linear")).lastActivation())
                .isEqualTo(Activation.NONE);
    }

    @Test
    void layersAreNamedApart() {
        final Network network = JavaLayers.network(
                Shape.of(4),
                new Layer.Dense(3, Activation.NONE),
                new Layer.Dense(3, Activation.NONE),
                JavaLayers.layer("", "return x;").replace("Mine", "Dense_1"),
                JavaLayers.layer("", "return x;").replace("Mine", "Größe$"));

        assertThat(network.nodes())
                .extracting(Network.Node::name)
                .containsExactly("dense", "dense_1", "dense_1_1", "gr__e_");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return missing;|The Java code of the layer 1 does not compile: line 6, column 8: missing cannot be resolved",
                "return null;|The Java code of the layer 1 failed: call must return a tensor, but it returned null; correct it in the Model Builder.",
                "return x.matmul(x);|The Java code of the layer 1 failed in line 6 (\"return x.matmul(x);\"): matmul at Mine: the shapes [61, 4] and [61, 4]",
                "return x.sum();|call must give float numbers of the shape [batch, sample shape], but for a batch of 61 it gave FLOAT32 of the shape []",
                "return x.sum(0);|but for a batch of 61 it gave FLOAT32 of the shape [4]",
                "return x.argmax(1).unsqueeze(1);|but for a batch of 61 it gave INT64 of the shape [61, 1]",
                "return mode.isTraining() ? x : x.slice(1, 0, 2);|call gave samples of the shape 4 in training, but 2 in inference",
                "throw new IllegalStateException(\"mine\");|in line 6 (\"throw new IllegalStateException(\"mine\");\"): IllegalStateException: mine",
                "addLoss(x); return x;|in line 6 (\"addLoss(x); return x;\"): addLoss needs one number, but it got the shape [61, 4]; use its mean()",
                "addWeight(\"a\", Initializer.ZEROS, 2); addWeight(\"a\", Initializer.ZEROS, 2); return x;|two weights are called a",
                "addWeight(\"a b\", Initializer.ZEROS, 2); return x;|the name of a weight has letters, digits and underscores and begins with a letter, but it is \"a b\"",
                "addWeight(\"a\", Initializer.ZEROS, -2); return x;|A shape needs sizes of at least 1, but -2 has a size of -2",
                "layer(new Layer.Flatten()); return x;|other layers are taken in once, in fields or in the constructor, and not in build or call",
                "return new Mine().zeros(1);|a layer makes tensors in build and call only; move this line there",
                "System.exit(1); return x;|The Java code of the layer 1 may not use System.exit (line 6: ",
                "System.out.print(1); return x;|The Java code of the layer 1 may not use System.out (line 6: ",
                "new Thread(); return x;|The Java code of the layer 1 may not use Thread (line 6: ",
            })
    void whatIsWrongWithALayerIsSaidWhenTheModelIsBuilt(final String body, final String message) {
        assertThatThrownBy(() -> JavaLayers.network(Shape.of(4), JavaLayers.layer("", body)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "private final Sublayer d = layer(new Layer.Dense(3, Activation.NONE));|d.call(x, mode); return d.call(x.slice(1, 0, 2), mode);|the layer mine/dense was called on samples of the shape 4 first, and now on samples of the shape 2",
                "private final Sublayer c = layer(new ImageLayer.GlobalMaxPooling2D());|return c.call(x, mode);|in line 6 (\"return c.call(x, mode);\"): GlobalMaxPooling2D",
                "private final Tensor ones = ones(4);|return x;|failed in line 4 (\"private final Tensor ones = ones(4);\"): a layer makes tensors in build and call only",
                "Mine(int units) {}|return x;|The class Mine of the layer 1's Java code needs a constructor without arguments",
                "private final Sublayer me = layer(this);|return me.call(x, mode);|a layer cannot call itself",
                "private Tensor kept;|if (kept == null) kept = x; return kept.add(x);|in line 6 (\"if (kept == null) kept = x; return kept.add(x);\"): add cannot use a tensor of an earlier step or of another run",
            })
    void whatIsWrongWithTheMembersOfALayerIsSaid(final String members, final String body, final String message) {
        assertThatThrownBy(() -> JavaLayers.network(Shape.of(4), JavaLayers.layer(members, body)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void severalLayersNeedOnePublicClass() {
        final String two = JavaLayers.OF_ALL_KINDS.replace("public class", "class");

        assertThatThrownBy(() -> JavaLayers.network(Shape.of(6), two))
                .hasMessage("The Java code of the layer 1 needs one class that extends CustomLayer, but it has 2:"
                        + " OfAllKinds, Scaled, of which none is the file's public class; start from a template.");
        assertThatThrownBy(() -> JavaLayers.network(Shape.of(6), "class Mine {}"))
                .hasMessageContaining("needs one class that extends CustomLayer, but it has none");
    }

    @Test
    void aLayerThatDoesNotFitNamesBothShapes() {
        assertThatThrownBy(() -> JavaLayers.network(DIGIT, StepCode.template("Linear"), new Layer.Reshape(Shape.of(5))))
                .hasMessageStartingWith(
                        "Layer 2: Reshape to 5 needs 5 numbers per sample, but its input has the shape 32");
        final CodeLayer built = (CodeLayer) JavaLayers.one(StepCode.template("Linear"), Shape.of(4));
        assertThatThrownBy(() -> Network.of(Shape.of(5), List.of(built)))
                .hasMessage(
                        "Layer 1: The layer in Java Linear was built for samples of the shape 4, but its input has the"
                                + " shape 5; build the model again.");
    }

    @Test
    void theCompiledCodeNamesLinesAndLayersWithin() throws IOException {
        final Network network = JavaLayers.network(
                Shape.of(4),
                JavaLayers.layer(
                        "private final Sublayer dense = layer(new Layer.Dense(3, Activation.NONE));",
                        "return dense.call(x.mul(2), mode);"));

        final String code = Training.run(TestData.by(Execution.COMPILED, small(network)), TestData.PATIENT)
                .code()
                .orElseThrow();

        assertThat(code).contains("line 6 of the layer mine").contains("mine/dense: Dense, 4 to 3");
    }

    /** What only happens in a run: in the second step of training. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return x.slice(1, 0, Math.max(2, 4 - calls / 3));|The Java code of the layer mine failed: call gave the shape [32, 3], but after what it gave when the model was built it should be [32, 4]",
                "if (calls == 3) return null; return x;|The Java code of the layer mine failed: call must return a tensor, but it returned null",
                "if (calls == 3) throw new ArithmeticException(\"three\"); return x;|failed in line 6 (\"calls++; if (calls == 3)",
                "if (calls == 3) x.matmul(x); return x;|matmul at mine: Mine, 4 to 4: the shapes [32, 4] and [32, 4]",
                "if (calls == 3) { kept = x; } if (calls == 4) return x.add(kept); return x;|add cannot use a tensor of an earlier step or of another run",
                "if (calls == 3) addWeight(\"late\", Initializer.ZEROS, 2); return x;|the code makes a weight late, but the model has none of that name",
            })
    void whatGoesWrongInARunNamesTheLayer(final String body, final String message) throws IOException {
        final Network network = JavaLayers.network(
                Shape.of(4),
                JavaLayers.layer("private int calls; private Tensor kept;", "calls++; " + body),
                new Layer.Dense(3, Activation.NONE));

        for (final Execution execution : Execution.values()) {
            assertThatThrownBy(() -> Training.run(TestData.by(execution, small(network)), TestData.PATIENT))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void weightsOfOtherShapesThanTheSavedOnesAreRefused() throws IOException {
        final CodeLayer linear = (CodeLayer) JavaLayers.one(StepCode.template("Linear"), Shape.of(4));
        final CodeLayer other = new CodeLayer(linear.source().replace("UNITS = 32", "UNITS = 31"), linear.plan());
        final CodeLayer fixed =
                new CodeLayer(linear.source().replace("addWeight(\"b\"", "addState(\"b\""), linear.plan());

        assertThatThrownBy(() -> predict(fresh(Network.of(Shape.of(4), List.of(other)), 1), 5, 5))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The Java code of the layer linear failed in line 13 (\"w = addWeight(\"w\","
                        + " Initializer.RANDOM_NORMAL, input.last(), UNITS);\"): the weight w is trainable with the shape"
                        + " 4 x 31 in the code, but trainable with the shape 4 x 32 in the model; build the model again;"
                        + " correct it in the Model Builder.");
        assertThatThrownBy(() -> predict(fresh(Network.of(Shape.of(4), List.of(fixed)), 1), 5, 5))
                .hasMessageContaining("the weight b is not trainable with the shape 32 in the code, but trainable");
    }

    /** A text that is no Java shows that reading compiles nothing. */
    @Test
    void aFileWithCodeIsReadShownAndWrittenWithoutCompilingIt() throws IOException {
        final CodeLayer linear = (CodeLayer) JavaLayers.one(StepCode.template("Linear"), Shape.of(4));
        final Model broken =
                fresh(Network.of(Shape.of(4), List.of(new CodeLayer("This is no Java.", linear.plan()))), 1);
        final Path file = folder.resolve("model.gradienttape");

        ModelFile.write(broken, file, IfExists.FAIL);
        final Model read = ModelFile.read(file);

        assertThat(read).isEqualTo(broken);
        assertThat(LayerSummary.of(read.network()).rows().get(0).parameters()).isEqualTo(4 * 32 + 32);
        assertThat(ModelFile.readOutline(file).holdsCode().orElseThrow())
                .startsWith("The model holds Java code, in the layer linear. It is compiled and runs when the model is"
                        + " used");
        assertThatThrownBy(() -> predict(read, 5, 5))
                .hasMessageStartingWith("The Java code of the layer linear does not compile: line 1, ");
    }

    @Test
    void aModelWithoutCodeSaysNothing() {
        assertThat(TestData.classifier(1).outline().holdsCode()).isEmpty();
    }

    /** Few samples go operation by operation, many through programs. */
    @ParameterizedTest
    @ValueSource(ints = {5, 100})
    void theTrainedModelPredictsFromItsFile(final int samples) throws IOException {
        final Network network =
                JavaLayers.network(Shape.of(6), JavaLayers.OF_ALL_KINDS, new Layer.Dense(3, Activation.NONE));
        final TrainedModel trained = Training.run(small(network), TestData.PATIENT);
        final Path file = folder.resolve("trained.gradienttape");
        ModelFile.write(trained.model(), file, IfExists.FAIL);

        final float[] outputs = predict(ModelFile.read(file), samples, 5);

        assertThat(outputs).hasSize(3 * samples).isEqualTo(predict(trained.model(), samples, 5));
        assertThat(trained.model().weights().get("of_all_kinds/batch_normalization/moving_mean"))
                .isNotEqualTo(new float[6]);
        assertThat(trained.model().weights().get("of_all_kinds/scaled/factor")).isNotEqualTo(ones(6));
    }

    private static float[] ones(final int count) {
        final float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Each batch is given to the Java code: numbers of Java, and random ones, are not kept from the first batch. */
    @ParameterizedTest
    @ValueSource(ints = {10, 100})
    void eachBatchOfAPredictionIsACallOfTheCode(final int samples) throws IOException {
        final Network network = JavaLayers.network(
                Shape.of(2),
                JavaLayers.layer(
                        "private int calls;",
                        "return x.mul(0).add(calls++).add(random().normal(x.size(0), 2).mul(1e-3));"));

        final float[] outputs = predict(fresh(network, 1), samples, 5);

        for (int batch = 1; batch < samples / 5; batch++) {
            assertThat(Math.round(outputs[10 * batch]) - Math.round(outputs[0])).isEqualTo(batch);
        }
        assertThat(outputs[0]).isNotEqualTo(outputs[2]);
        assertThat(predict(fresh(network, 1), samples, 5)).isEqualTo(outputs);
    }

    @Test
    void validationDoesNotChangeTheRandomNumbersOfTraining() throws IOException {
        final Network network =
                JavaLayers.network(DIGIT, new Layer.Dense(8, Activation.TANH), StepCode.template("Sampling"), LOGITS);
        final TrainingJob without = job(network, Execution.COMPILED);
        final TrainingJob with = new TrainingJob(
                without.model(),
                without.training(),
                Optional.of(TestData.mnist(folder.resolve("validation"), Scaling.DIVIDE_BY_255, 100)),
                without.objective(),
                without.update(),
                without.config(),
                without.callbacks(),
                without.compute());

        final TrainedModel validated = Training.run(with, TestData.PATIENT);

        assertThat(validated.model().weights())
                .isEqualTo(Training.run(without, TestData.PATIENT).model().weights());
    }

    /** log(1 + 1) of a normal distribution with mean 1 and variance e against the standard one, by hand: e / 2. */
    @Test
    void theSamplingLayerAddsTheDistanceFromTheStandardNormalDistribution() throws IOException {
        final Network network = JavaLayers.network(Shape.of(2), StepCode.template("Sampling"));
        final Model model = fresh(network, 1);

        final float distance = Computed.with(Execution.EAGER, c -> {
            final var callable =
                    Callable.of(network, model.weights(), c, c::machine, new java.util.SplittableRandom(1));
            final List<Fetched> losses = new ArrayList<>();
            c.step(() -> {
                callable.call(c.machine().full(1, 5, 2), org.gradienttape.layer.Mode.TRAINING);
                losses.add(c.fetch(callable.losses()));
            });
            c.finish();
            return losses.get(0).number();
        });

        assertThat(distance)
                .isCloseTo((float) ((Math.E + 1 - 1 - 1) / 2), org.assertj.core.api.Assertions.within(1e-6f));
    }

    @Test
    void whatAFileForOtherProgramsCannotHoldIsRefusedByItsLayer() {
        final Model random = fresh(
                JavaLayers.network(Shape.of(4), new Layer.Dense(4, Activation.NONE), StepCode.template("Sampling")), 1);
        final Model asking =
                fresh(JavaLayers.network(Shape.of(4), JavaLayers.layer("", "return x.mul(x.mean().item());")), 1);
        final Model counting =
                fresh(JavaLayers.network(Shape.of(4), JavaLayers.layer("", "return x.mul((double) x.size(0));")), 1);

        assertThatThrownBy(() -> OnnxFile.write(random, folder.resolve("a.onnx"), IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The model cannot be written as ONNX, since sampling: Sampling, 4 to 2 ");
        assertThatThrownBy(() -> TorchScriptFile.write(random, folder.resolve("a.pt"), IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("sampling: Sampling, 4 to 2");
        assertThatThrownBy(() -> OnnxFile.write(asking, folder.resolve("a.onnx"), IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mine: Mine, 4 to 4 asks for numbers in Java code");
        assertThatThrownBy(() -> OnnxFile.write(counting, folder.resolve("a.onnx"), IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mine: Mine, 4 to 4 computes something else for each number of samples");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void noNativeArrayIsLeftOpen() throws IOException {
        final Network network =
                JavaLayers.network(Shape.of(6), JavaLayers.OF_ALL_KINDS, new Layer.Dense(3, Activation.NONE));
        predict(Training.run(small(network), TestData.PATIENT).model(), 100, 5);
        final int before = NativeArrays.count();

        predict(Training.run(small(network), TestData.PATIENT).model(), 100, 5);

        assertThat(NativeArrays.count()).isEqualTo(before);
    }

    private static final String[] ENDLESS = {
        "{ for (long i = 0; i >= 0; i++) { } }|return x;|line 4 of the layer 1",
        "public void build(Shape input) { for (long i = 0; i >= 0; i++) { } }|return x;|line 4 of the layer 1",
        "|for (long i = 0; i >= 0; i++) { } return x;|line 6 of the layer 1",
    };

    @Test
    void endlessCodeIsLeftBehindWhenTheBuildingIsCancelled() throws InterruptedException {
        for (final String text : ENDLESS) {
            final String[] parts = text.split("\\|");
            final String source = JavaLayers.layer(
                    parts[0].replace("for (long i = 0; i >= 0; i++) {", LeftBehind.ENDLESS),
                    parts[1].replace("for (long i = 0; i >= 0; i++) {", LeftBehind.ENDLESS));

            LeftBehind.during(() -> assertThatThrownBy(() -> NetworkBuilder.build(
                            Shape.of(4), List.of(new NetworkBuilder.InJava("layer 1", source)), () -> !isInTheCode()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("The Java code does not answer the cancel; it is in " + parts[2] + " (\""));
        }
    }

    /** Whether a thread has reached the class Mine, which it does not leave. */
    private static boolean isInTheCode() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals("Mine"));
    }

    @Test
    void endlessCodeThatComputesIsCancelled() {
        final String source = JavaLayers.layer("", "while (mode != null) x.add(1); return x;");

        assertThatThrownBy(() -> NetworkBuilder.build(
                        Shape.of(4), List.of(new NetworkBuilder.InJava("layer 1", source)), () -> false))
                .isInstanceOf(CodeStop.class);
    }

    @Test
    void trainingWithAnEndlessLayerIsCancelled() throws IOException {
        final Network network = JavaLayers.network(
                Shape.of(4),
                JavaLayers.layer("private int calls;", "while (++calls > 3) x.add(1); return x;"),
                new Layer.Dense(3, Activation.NONE));

        final TrainedModel cancelled =
                Training.run(TestData.by(Execution.EAGER, small(network)), new AfterTheFirstStep());

        assertThat(cancelled.log().stopReason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void aPredictionWithAnEndlessLayerIsCancelled() throws IOException {
        final Network network = JavaLayers.network(
                Shape.of(4), JavaLayers.layer("private int calls;", "while (++calls > 2) x.add(1); return x;"));
        final Dataset data = TestData.random(folder.resolve("endless"), Shape.of(4), 3, 20, 5);
        final List<Long> taken = new ArrayList<>();

        final boolean done = Prediction.run(
                new PredictionJob(fresh(network, 1), data, 5, TestDevice.compute()),
                batch -> taken.add(batch.first()),
                () -> false);

        assertThat(done).isFalse();
    }

    @Test
    void aTakerThatHasEnoughEndsThePrediction() throws IOException {
        final Network network = JavaLayers.network(Shape.of(4), StepCode.template("Linear"));
        final Dataset data = TestData.random(folder.resolve("enough"), Shape.of(4), 3, 2000, 5);
        final List<Long> taken = new ArrayList<>();

        final boolean done =
                Prediction.run(new PredictionJob(fresh(network, 1), data, 1, TestDevice.compute()), shown -> {
                    taken.add(shown.first());
                    return shown.first() < 3;
                });

        assertThat(done).isFalse();
        assertThat(taken).containsExactly(0L, 1L, 2L, 3L);
    }

    /** Cancels when a step is done. */
    private static final class AfterTheFirstStep implements TrainingMonitor {
        @Override
        public boolean goOn(final Progress progress) {
            return progress.stepsDone() == 0;
        }

        @Override
        public void log(final String line) {}
    }

    private TrainingLog train(final Network network, final Execution execution) throws IOException {
        return trained(network, execution).log();
    }

    private TrainedModel trained(final Network network, final Execution execution) throws IOException {
        return Training.run(job(network, execution), TestData.PATIENT);
    }

    /** 2 epochs of 1,000 digits. */
    private TrainingJob job(final Network network, final Execution execution) throws IOException {
        final Path data = folder.resolve("digits " + System.nanoTime());
        return TestData.by(
                execution,
                TestData.job(
                        fresh(network, 1),
                        TestData.mnist(data, Scaling.DIVIDE_BY_255, 1_000),
                        new OptimizerConfig.Sgd(0.1),
                        new TrainingConfig(2, 64, 0, 0, 1)));
    }

    /** Two epochs of two steps. */
    private TrainingJob small(final Network network) throws IOException {
        final Dataset data = TestData.random(folder.resolve("small " + System.nanoTime()), network.input(), 3, 64, 5);
        return TestData.job(fresh(network, 1), data, new OptimizerConfig.Sgd(0.01), new TrainingConfig(2, 32, 1, 0, 1));
    }

    private float[] predict(final Model model, final int samples, final int batch) throws IOException {
        final Dataset data = TestData.random(
                folder.resolve("samples " + System.nanoTime()), model.network().input(), 3, samples, 9);
        final float[] all = new float[samples * model.network().output().size()];
        Prediction.run(new PredictionJob(model, data, batch, TestDevice.compute()), shown -> {
            final float[] values = shown.outputs().values();
            System.arraycopy(
                    values, 0, all, (int) shown.first() * shown.outputs().columns(), values.length);
            return true;
        });
        return all;
    }

    private static Model fresh(final Network network, final long seed) {
        return TestData.fresh(network, seed);
    }
}
