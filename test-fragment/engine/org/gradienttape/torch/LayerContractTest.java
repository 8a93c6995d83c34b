package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gradienttape.data.Dataset;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.IfExists;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every kind of layer. */
class LayerContractTest {
    private static final int BATCH = 3;
    private static final double STEP = 1e-6;

    @TempDir
    private Path folder;

    static Stream<LayerExample> examples() {
        return LayerExample.all();
    }

    @Test
    void everyKindOfLayerHasAnExample() {
        final Stream<Class<?>> kinds =
                examples().<Class<?>>map(example -> example.layer().getClass()).distinct();

        assertThat(kinds).containsExactlyInAnyOrderElementsOf(LayerExample.kinds(Layer.class));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theDescriptionHasKerasShapeAndNumberOfParameters(final LayerExample example) {
        assertThat(example.network().output()).isEqualTo(example.output());
        assertThat(example.network().parameterCount()).isEqualTo(example.parameters());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theOutputHasTheShapeOfTheDescription(final LayerExample example) {
        for (final ForwardPass.Mode mode : ForwardPass.Mode.values()) {
            try (NDManager arrays = TorchEngine.start().newManager(TestDevice.arrays())) {
                final NDArray output = Evaluation.of(example, arrays).output(mode);

                assertThat(output.getShape()).isEqualTo(batchOf(example.output()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void leavesNoArrayOutsideTheBatch(final LayerExample example) {
        try (NDManager run = TorchEngine.start().newManager(TestDevice.arrays())) {
            final ResidentWeights weights = new ResidentWeights(example.network(), initial(example), run);
            final NetworkOp op = new NetworkOp(example.network(), new SplittableRandom(0));
            final int before = NativeArrays.count();

            for (final ForwardPass.Mode mode : ForwardPass.Mode.values()) {
                try (NDManager step = run.newSubManager()) {
                    op.forward(step.ones(batchOf(example.input())), new ForwardPass(step, weights.arrays(), mode));
                }
            }

            assertThat(NativeArrays.count()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void changesNoWeightUnlessItLearns(final LayerExample example) {
        for (final ForwardPass.Mode mode : List.of(ForwardPass.Mode.INFERENCE, ForwardPass.Mode.TRAINING_OTHER)) {
            try (NDManager arrays = TorchEngine.start().newManager(TestDevice.arrays())) {
                final ResidentWeights weights = new ResidentWeights(example.network(), initial(example), arrays);

                new NetworkOp(example.network(), new SplittableRandom(0))
                        .forward(
                                arrays.ones(batchOf(example.input())), new ForwardPass(arrays, weights.arrays(), mode));

                assertThat(weights.read()).isEqualTo(initial(example));
            }
        }
    }

    /** Both in double precision, with central differences of 1e-6. */
    @ParameterizedTest
    @MethodSource("examples")
    void gradientsAgreeWithFiniteDifferences(final LayerExample example) {
        final List<double[]> gradients;
        final List<double[]> numbers = new ArrayList<>();
        try (NDManager arrays = TorchEngine.start().newManager(TestDevice.arrays())) {
            final Evaluation evaluation = Evaluation.of(example, arrays);
            evaluation.variables.forEach(array -> numbers.add(array.toDoubleArray()));
            gradients = evaluation.gradients();
        }
        for (int variable = 0; variable < numbers.size(); variable++) {
            for (int i = 0; i < numbers.get(variable).length; i++) {
                assertThat(gradients.get(variable)[i])
                        .as("variable %d, element %d", variable, i)
                        .isCloseTo(difference(example, numbers, variable, i), within(1e-7));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void oneStepLowersTheLossAndTheModelSurvivesItsFile(final LayerExample example) throws IOException {
        final Model model = TestData.fresh(
                Network.of(
                        example.input(),
                        List.of(example.layer(), new Layer.Flatten(), new Layer.Dense(3, Activation.NONE))),
                1);
        final Dataset data = TestData.random(folder.resolve("data"), example.input(), 3, 32, 5);

        final TrainedModel trained = Training.run(
                TestData.job(model, data, new OptimizerConfig.Sgd(0.01), new TrainingConfig(2, 32, 1, 0, 1)),
                TestData.PATIENT);

        assertThat(trained.log().steps().get(1).loss())
                .isLessThan(trained.log().steps().get(0).loss());
        ModelFile.write(trained.model(), folder.resolve("model.zip"), IfExists.FAIL);
        final Model read = ModelFile.read(folder.resolve("model.zip"));
        assertThat(read).isEqualTo(trained.model());
        assertThat(read.weights()).isNotEqualTo(model.weights());
    }

    private static double difference(
            final LayerExample example, final List<double[]> numbers, final int variable, final int element) {
        final double before = numbers.get(variable)[element];
        numbers.get(variable)[element] = before + STEP;
        final double above = loss(example, numbers);
        numbers.get(variable)[element] = before - STEP;
        final double below = loss(example, numbers);
        numbers.get(variable)[element] = before;
        return (above - below) / (2 * STEP);
    }

    private static double loss(final LayerExample example, final List<double[]> numbers) {
        try (NDManager arrays = TorchEngine.start().newManager(TestDevice.arrays())) {
            final Evaluation evaluation = Evaluation.of(example, arrays);
            for (int i = 0; i < numbers.size(); i++) {
                final NDArray variable = evaluation.variables.get(i);
                variable.set(arrays.create(numbers.get(i), variable.getShape()).toByteBuffer());
            }
            return evaluation.loss(evaluation.variables).getDouble();
        }
    }

    private static Weights initial(final LayerExample example) {
        return Weights.initial(example.network(), 7);
    }

    private static ai.djl.ndarray.types.Shape batchOf(final Shape sample) {
        return new ai.djl.ndarray.types.Shape(LongStream.concat(
                        LongStream.of(BATCH), sample.dimensions().stream().mapToLong(Integer::longValue))
                .toArray());
    }

    /**
     * A layer in double precision with a batch from -1 to 1. Its loss is the output times numbers from -1 to 1, summed,
     * plus what the layer adds.
     *
     * @param variables the input, then the weights
     * @param factors of the output
     */
    private record Evaluation(LayerExample example, NDManager arrays, List<NDArray> variables, NDArray factors) {
        static Evaluation of(final LayerExample example, final NDManager arrays) {
            final SplittableRandom random = new SplittableRandom(11);
            final List<NDArray> variables = new ArrayList<>();
            variables.add(random(batchOf(example.input()), random, arrays));
            final Weights weights = initial(example);
            for (final WeightSpec weight : example.network().nodes().get(0).weights()) {
                final float[] numbers =
                        weights.get(example.network().nodes().get(0).weightName(weight));
                variables.add(arrays.create(numbers, shape(weight)).toType(DataType.FLOAT64, true));
            }
            return new Evaluation(example, arrays, variables, random(batchOf(example.output()), random, arrays));
        }

        NDArray output(final ForwardPass.Mode mode) {
            return output(variables, new ForwardPass(arrays, variables.subList(1, variables.size()), mode));
        }

        NDArray loss(final List<NDArray> values) {
            final ForwardPass pass =
                    new ForwardPass(arrays, values.subList(1, values.size()), ForwardPass.Mode.TRAINING_OTHER);
            return pass.total(output(values, pass).mul(factors).sum());
        }

        List<double[]> gradients() {
            try (GradientTape tape = new GradientTape(arrays)) {
                final List<NDArray> watched = tape.watch(variables);
                return tape.gradient(loss(watched), watched).stream()
                        .map(gradient ->
                                gradient.toType(DataType.FLOAT64, false).toDoubleArray())
                        .toList();
            }
        }

        private NDArray output(final List<NDArray> values, final ForwardPass pass) {
            return new NetworkOp(example.network(), new SplittableRandom(2)).forward(values.get(0), pass);
        }

        private static NDArray random(
                final ai.djl.ndarray.types.Shape shape, final SplittableRandom random, final NDManager arrays) {
            return arrays.create(random.doubles(shape.size(), -1, 1).toArray(), shape)
                    .duplicate();
        }

        private static ai.djl.ndarray.types.Shape shape(final WeightSpec weight) {
            return new ai.djl.ndarray.types.Shape(weight.shape().dimensions().stream()
                    .mapToLong(Integer::longValue)
                    .toArray());
        }
    }
}
