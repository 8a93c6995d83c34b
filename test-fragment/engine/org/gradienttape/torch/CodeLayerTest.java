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
import org.gradienttape.data.Scaling;
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
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers and whole models in Java, from the Model Builder's text to training, prediction and files. */
class CodeLayerTest {
    private static final Layer HIDDEN = new Layer.Dense(64, Activation.RELU);
    private static final Layer LOGITS = new Layer.Dense(10, Activation.NONE);
    private static final Shape DIGIT = Shape.of(784);
    private static final int BATCH = 64;

    @TempDir
    private Path folder;

    /** After ReLU no number is below 0, so the guide's sum is that of absolute values; it counts the samples of a batch. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void theGuidesLayerLearnsAsTheBuiltInOne(final Execution execution) throws IOException {
        final Network own =
                JavaLayers.network(DIGIT, HIDDEN, StepCode.template("ActivityRegularizationLayer"), HIDDEN, LOGITS);
        final Network builtIn =
                Network.of(DIGIT, List.of(HIDDEN, new Layer.ActivityRegularization(1e-4 * BATCH, 0), HIDDEN, LOGITS));

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
    void noNativeArrayIsLeftOpen() throws IOException {
        final Network network =
                JavaLayers.network(Shape.of(6), JavaLayers.OF_ALL_KINDS, new Layer.Dense(3, Activation.NONE));
        predict(Training.run(small(network), TestData.PATIENT).model(), 100, 5);
        final int before = NativeArrays.count();

        predict(Training.run(small(network), TestData.PATIENT).model(), 100, 5);

        assertThat(NativeArrays.count()).isEqualTo(before);
    }

    private TrainingLog train(final Network network, final Execution execution) throws IOException {
        return trained(network, execution).log();
    }

    private TrainedModel trained(final Network network, final Execution execution) throws IOException {
        return Training.run(job(network, execution), TestData.PATIENT);
    }

    /** 2 epochs of 16 batches. */
    private TrainingJob job(final Network network, final Execution execution) throws IOException {
        final Path data = folder.resolve("digits " + System.nanoTime());
        return TestData.by(
                execution,
                TestData.job(
                        fresh(network, 1),
                        TestData.mnist(data, Scaling.DIVIDE_BY_255, 16 * BATCH),
                        new OptimizerConfig.Sgd(0.1),
                        new TrainingConfig(2, BATCH, 0, 0, 1)));
    }

    private TrainingJob small(final Network network) throws IOException {
        return SmallRuns.job(folder, network);
    }

    private float[] predict(final Model model, final int samples, final int batch) throws IOException {
        return SmallRuns.predictions(folder, model, samples, batch);
    }

    private static Model fresh(final Network network, final long seed) {
        return TestData.fresh(network, seed);
    }
}
