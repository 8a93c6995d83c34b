package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.step.GradientTape;
import org.gradienttape.step.Mode;
import org.gradienttape.step.StepException;
import org.gradienttape.step.Tensor;
import org.gradienttape.step.Variable;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the step API computes, within one step. */
class StepTensorTest {
    private static final Network NETWORK =
            Network.of(Shape.of(2), List.of(new Layer.Dense(3, Activation.TANH), new Layer.Dense(1, Activation.NONE)));

    private NDManager manager;
    private EngineTrainingRun run;
    private StepScope scope;
    /** [[1, 2, 3], [4, 5, 6]]. */
    private Tensor a;
    /** [[-1, 0.5, 0], [2, -2, 0.25]]. */
    private Tensor b;

    @BeforeEach
    void open() {
        manager = TorchEngine.start().newManager(TestDevice.arrays());
        final SplittableRandom random = new SplittableRandom(3);
        run = new EngineTrainingRun(
                new TrainingJob(
                        TestData.fresh(NETWORK, 1),
                        null,
                        java.util.Optional.empty(),
                        Objective.of(new Loss.SparseCategoricalCrossentropy()),
                        Update.of(new OptimizerConfig.Sgd(0.1)),
                        new TrainingConfig(1, 1, 1, 0, 1),
                        CallbacksConfig.NONE,
                        TestDevice.compute(Execution.EAGER)),
                manager,
                random.split(),
                random.split(),
                new EngineRun.Surroundings(line -> {}, () -> false, List.of("Loss")));
        scope = run.begin(new StepPlace(0, 0), 0.1);
        a = run.tensor(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        b = run.tensor(new float[] {-1, 0.5f, 0, 2, -2, 0.25f}, 2, 3);
    }

    @AfterEach
    void close() {
        scope.close();
        run.close();
        manager.close();
    }

    /** Values by hand, or of the function of the same name in java.lang.Math. */
    static Stream<Arguments> operations() {
        return Stream.of(
                of("add", t -> t.a.add(t.b), 0, 2.5, 3, 6, 3, 6.25),
                of("add number", t -> t.a.add(0.5), 1.5, 2.5, 3.5, 4.5, 5.5, 6.5),
                of("sub", t -> t.a.sub(t.b), 2, 1.5, 3, 2, 7, 5.75),
                of("sub number", t -> t.b.sub(1), -2, -0.5, -1, 1, -3, -0.75),
                of("mul", t -> t.a.mul(t.b), -1, 1, 0, 8, -10, 1.5),
                of("mul number", t -> t.b.mul(-2), 2, -1, 0, -4, 4, -0.5),
                of("div", t -> t.b.div(t.a), -1, 0.25, 0, 0.5, -0.4, 0.25 / 6),
                of("div number", t -> t.b.div(4), -0.25, 0.125, 0, 0.5, -0.5, 0.0625),
                of(
                        "pow",
                        t -> t.a.pow(1.5),
                        Math.pow(1, 1.5),
                        Math.pow(2, 1.5),
                        Math.pow(3, 1.5),
                        8,
                        Math.pow(5, 1.5),
                        Math.pow(6, 1.5)),
                of("neg", t -> t.b.neg(), 1, -0.5, 0, -2, 2, -0.25),
                of("abs", t -> t.b.abs(), 1, 0.5, 0, 2, 2, 0.25),
                of("sign", t -> t.b.sign(), -1, 1, 0, 1, -1, 1),
                of("square", t -> t.b.square(), 1, 0.25, 0, 4, 4, 0.0625),
                of("sqrt", t -> t.a.sqrt(), 1, Math.sqrt(2), Math.sqrt(3), 2, Math.sqrt(5), Math.sqrt(6)),
                of("exp", t -> t.b.exp(), Math.exp(-1), Math.exp(0.5), 1, Math.exp(2), Math.exp(-2), Math.exp(0.25)),
                of("log", t -> t.a.log(), 0, Math.log(2), Math.log(3), Math.log(4), Math.log(5), Math.log(6)),
                of("sin", t -> t.b.sin(), Math.sin(-1), Math.sin(0.5), 0, Math.sin(2), Math.sin(-2), Math.sin(0.25)),
                of("cos", t -> t.b.cos(), Math.cos(-1), Math.cos(0.5), 1, Math.cos(2), Math.cos(-2), Math.cos(0.25)),
                of(
                        "tanh",
                        t -> t.b.tanh(),
                        Math.tanh(-1),
                        Math.tanh(0.5),
                        0,
                        Math.tanh(2),
                        Math.tanh(-2),
                        Math.tanh(0.25)),
                of(
                        "sigmoid",
                        t -> t.b.sigmoid(),
                        sigmoid(-1),
                        sigmoid(0.5),
                        0.5,
                        sigmoid(2),
                        sigmoid(-2),
                        sigmoid(0.25)),
                of("relu", t -> t.b.relu(), 0, 0.5, 0, 2, 0, 0.25),
                of(
                        "softplus",
                        t -> t.b.softplus(),
                        softplus(-1),
                        softplus(0.5),
                        Math.log(2),
                        softplus(2),
                        softplus(-2),
                        softplus(0.25)),
                of("maximum", t -> t.a.maximum(t.b.mul(3)), 1, 2, 3, 6, 5, 6),
                of("maximum number", t -> t.b.maximum(0.3), 0.3, 0.5, 0.3, 2, 0.3, 0.3),
                of("minimum", t -> t.a.minimum(t.b), -1, 0.5, 0, 2, -2, 0.25),
                of("minimum number", t -> t.b.minimum(0.3), -1, 0.3, 0, 0.3, -2, 0.25),
                of("clip", t -> t.b.clip(-1.5, 0.3), -1, 0.3, 0, 0.3, -1.5, 0.25),
                of("gt", t -> t.a.gt(t.b.mul(2.5)).toFloat(), 1, 1, 1, 0, 1, 1),
                of("gt number", t -> t.a.gt(3).toFloat(), 0, 0, 0, 1, 1, 1),
                of("lt", t -> t.a.lt(t.b.mul(2.5)).toFloat(), 0, 0, 0, 1, 0, 0),
                of("lt number", t -> t.b.lt(0).toFloat(), 1, 0, 0, 0, 1, 0),
                of("eq", t -> t.a.eq(t.run.full(4)).toFloat(), 0, 0, 0, 1, 0, 0),
                of("sum", t -> t.a.sum(), 21),
                of("sum of axes", t -> t.a.sum(0), 5, 7, 9),
                of("sum of the last axis", t -> t.a.sum(-1), 6, 15),
                of("sum of two axes", t -> t.a.sum(0, 1), 21),
                of("mean", t -> t.a.mean(), 3.5),
                of("mean of axes", t -> t.a.mean(1), 2, 5),
                of("max", t -> t.b.max(), 2),
                of("max of an axis", t -> t.b.max(1), 0.5, 2),
                of("min", t -> t.b.min(), -2),
                of("min of an axis", t -> t.b.min(0), -1, -2, 0),
                of("argmax", t -> t.b.argmax(1), 1, 0),
                of("norm", t -> t.a.norm(), Math.sqrt(91)),
                of("softmax", t -> t.a.softmax(1).slice(0, 0, 1), Math.exp(-2) / Z, Math.exp(-1) / Z, 1 / Z),
                of(
                        "logSoftmax",
                        t -> t.a.logSoftmax(-1).slice(0, 1, 2),
                        -2 - Math.log(Z),
                        -1 - Math.log(Z),
                        -Math.log(Z)),
                of("logsumexp", t -> t.a.logsumexp(1), 3 + Math.log(Z), 6 + Math.log(Z)),
                of("matmul", t -> t.a.matmul(t.b.permute(1, 0)), 0, -1.25, 0 - 1.5, 8 - 10 + 1.5),
                of("oneHot", t -> t.run.tensor(new long[] {2, 0}, 2).oneHot(3), 0, 0, 1, 1, 0, 0),
                of("reshape", t -> t.a.reshape(3, -1), 1, 2, 3, 4, 5, 6),
                of("flatten", t -> t.a.unsqueeze(1).flatten(), 1, 2, 3, 4, 5, 6),
                of("permute", t -> t.a.permute(1, 0), 1, 4, 2, 5, 3, 6),
                of("slice", t -> t.a.slice(1, 1, 3), 2, 3, 5, 6),
                of("take", t -> t.a.take(t.run.tensor(new long[] {2, 0, 2}, 3), 1), 3, 1, 3, 6, 4, 6),
                of("toInt64", t -> t.b.toInt64(), -1, 0, 0, 2, -2, 0),
                of("concat", t -> t.run.concat(1, t.a, t.b).slice(0, 0, 1), 1, 2, 3, -1, 0.5, 0),
                of("stack", t -> t.run.stack(0, t.a.sum(), t.b.sum()), 21, -0.25),
                of("where", t -> t.run.where(t.b.gt(0), t.a, t.b), -1, 2, 0, 4, -2, 6),
                of("globalNorm", t -> t.run.globalNorm(List.of(t.a, t.run.full(3))), 10),
                of("broadcast", t -> t.a.sub(t.a.mean(1).unsqueeze(1)), -1, 0, 1, -1, 0, 1),
                of("zeros, ones, full", t -> t.run.zeros(2).add(t.run.ones(2)).mul(t.run.full(7, 2)), 7, 7));
    }

    /** The sum of exp(-2), exp(-1) and exp(0). */
    private static final double Z = Math.exp(-2) + Math.exp(-1) + 1;

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void operationsGiveTheirValues(
            final String name, final Function<StepTensorTest, Tensor> operation, final double[] expected) {
        final float[] values = operation.apply(this).toFloatArray();

        assertThat(values).hasSize(expected.length);
        for (int i = 0; i < values.length; i++) {
            assertThat((double) values[i]).as(name + " " + i).isCloseTo(expected[i], offset(2e-6));
        }
    }

    @Test
    void shapesAreThoseOfTheOperations() {
        assertThat(a.shape()).containsExactly(2, 3);
        assertThat(a.size(-1)).isEqualTo(3);
        assertThat(a.sum(1).shape()).containsExactly(2);
        assertThat(a.sum().shape()).isEmpty();
        assertThat(a.unsqueeze(0).shape()).containsExactly(1, 2, 3);
        assertThat(a.unsqueeze(0).squeeze(0).shape()).containsExactly(2, 3);
        assertThat(a.reshape(3, -1).shape()).containsExactly(3, 2);
        assertThat(run.tensor(new long[] {2, 0}, 2).oneHot(3).shape()).containsExactly(2, 3);
        assertThat(run.stack(1, a, b).shape()).containsExactly(2, 2, 3);
        assertThat(a).hasToString("Tensor of the shape [2, 3]");
    }

    @Test
    void numbersComeToTheJvm() {
        assertThat(a.sum().item()).isEqualTo(21);
        assertThat(run.tensor(new long[] {1L << 40}, 1).item()).isEqualTo(1L << 40);
        assertThat(run.tensor(new long[] {5, 6}, 2).toLongArray()).containsExactly(5, 6);
        assertThat(a.gt(3).toLongArray()).containsExactly(0, 0, 0, 1, 1, 1);
        assertThatThrownBy(a::item).isInstanceOf(StepException.class).hasMessageContaining("one number");
    }

    /** d/dx of x^3 is 3 x^2, of that 6 x, of that 6. */
    @Test
    void gradientsOfGradientsOfGradients() {
        try (GradientTape outer = run.gradientTape();
                GradientTape middle = run.gradientTape();
                GradientTape inner = run.gradientTape()) {
            inner.watch(a);
            final Tensor first = inner.gradient(a.mul(a).mul(a), a);
            final Tensor second = middle.gradient(first, a);

            assertThat(first.toFloatArray()).containsExactly(3, 12, 27, 48, 75, 108);
            assertThat(second.toFloatArray()).containsExactly(6, 12, 18, 24, 30, 36);
            assertThat(outer.gradient(second, a).toFloatArray()).containsExactly(6, 6, 6, 6, 6, 6);
        }
    }

    /** The gradient of a gradient's norm by the weights, against the difference of nearby weights. */
    @Test
    void theGradientOfAGradientPenaltyIsThatOfFiniteDifferences() {
        final Tensor x = run.tensor(new float[] {0.3f, -0.7f, 0.9f, 0.2f}, 2, 2);
        final List<Variable> weights = run.model().trainableWeights();
        final Tensor gradient;
        try (GradientTape tape = run.gradientTape()) {
            gradient = tape.gradient(penalty(x), weights.get(0));
        }

        final float[] kernel = weights.get(0).toFloatArray();
        for (int i = 0; i < kernel.length; i++) {
            final double slope = (penaltyWith(kernel, i, 0.01f, x) - penaltyWith(kernel, i, -0.01f, x)) / 0.02;
            assertThat((double) gradient.toFloatArray()[i]).isCloseTo(slope, offset(2e-3));
        }
        assertThat(gradient.norm().item()).isGreaterThan(0.01);
    }

    private double penaltyWith(final float[] kernel, final int place, final float change, final Tensor x) {
        final float[] near = kernel.clone();
        near[place] += change;
        final Variable weight = run.model().trainableWeights().get(0);
        weight.assign(run.tensor(near, 2, 3));
        final double value = penalty(x).item();
        weight.assign(run.tensor(kernel, 2, 3));
        return value;
    }

    private Tensor penalty(final Tensor x) {
        try (GradientTape tape = run.gradientTape()) {
            tape.watch(x);
            final Tensor slope = tape.gradient(run.model().call(x, Mode.TRAINING), x);
            return slope.square().sum(1).sqrt().sub(1).square().mean();
        }
    }

    @Test
    void oneTapeAfterTheOtherGivesGradientsThatAreNotAddedUp() {
        final List<Variable> weights = run.model().trainableWeights();

        final float[] first = gradientOfFirstWeight(weights);
        final float[] second = gradientOfFirstWeight(weights);

        assertThat(second).containsExactly(first);
    }

    private float[] gradientOfFirstWeight(final List<Variable> weights) {
        try (GradientTape tape = run.gradientTape()) {
            final Tensor x = run.tensor(new float[] {0.5f, 1}, 1, 2);
            return tape.gradient(run.model().call(x, Mode.TRAINING), weights)
                    .get(0)
                    .toFloatArray();
        }
    }

    @Test
    void aPersistentTapeAnswersTwice() {
        try (GradientTape tape = run.persistentGradientTape()) {
            tape.watch(a);
            final Tensor loss = a.exp().sum();

            assertThat(tape.gradient(loss, a).toFloatArray())
                    .isEqualTo(tape.gradient(loss, a).toFloatArray());
        }
        try (GradientTape tape = run.gradientTape()) {
            tape.watch(b);
            final Tensor loss = b.exp().sum();
            tape.gradient(loss, b);

            assertThatThrownBy(() -> tape.gradient(loss, b))
                    .isInstanceOf(StepException.class)
                    .hasMessageContaining("persistentGradientTape");
        }
    }

    @Test
    void gradientsMayBeTakenAfterTheTapeIsClosed() {
        final Tensor loss;
        final GradientTape tape = run.gradientTape();
        tape.watch(a);
        loss = a.square();
        tape.close();

        assertThat(tape.gradient(loss, a).toFloatArray()).containsExactly(2, 4, 6, 8, 10, 12);
    }

    @Test
    void whatTheLossDoesNotDependOnHasTheGradientZero() {
        try (GradientTape tape = run.gradientTape()) {
            tape.watch(a);
            tape.watch(b);

            assertThat(tape.gradient(a.sum(), List.of(b, a)))
                    .extracting(Tensor::toFloatArray)
                    .containsExactly(new float[6], new float[] {1, 1, 1, 1, 1, 1});
        }
    }

    @Test
    void mistakesWithTapesAreNamed() {
        try (GradientTape tape = run.gradientTape()) {
            tape.watch(a);
            assertThatThrownBy(() -> tape.gradient(a.sum(), b))
                    .hasMessageContaining("does not watch one of the sources");
            assertThatThrownBy(() -> tape.gradient(b.sum(), a)).hasMessageContaining("does not depend on anything");
            assertThatThrownBy(() -> tape.watch(a.toInt64())).hasMessageContaining("float32");
            assertThatThrownBy(() -> tape.gradient(a.detach().sum(), a)).hasMessageContaining("does not depend");
        }
    }

    /** v = v - rate * g for the gradient 1 of the sum. */
    @Test
    void optimizersTrainVariablesOfTheStepsOwn() {
        final Variable scale = run.variable("scale", run.full(2));
        try (GradientTape tape = run.gradientTape()) {
            tape.watch(scale);
            final Tensor gradient = tape.gradient(scale.mul(3), scale);
            run.sgd(0.5, 0).apply(List.of(gradient), List.of(scale));
        }

        scope.close();
        scope = run.begin(new StepPlace(0, 1), 0.1);
        assertThat(scale.item()).isEqualTo(0.5);
        assertThat(scale.name()).isEqualTo("scale");
    }

    @Test
    void anOptimizerKeepsToItsWeights() {
        final List<Variable> weights = run.model().trainableWeights();
        final Supplier<List<Tensor>> zeros =
                () -> weights.stream().map(w -> run.zeros(w.shape())).toList();
        run.optimizer().apply(zeros.get(), weights);

        assertThatThrownBy(() -> run.optimizer().apply(zeros.get().subList(0, 1), weights.subList(0, 1)))
                .hasMessageContaining("keeps its state for the weights of its first update, 4 of them");
        assertThatThrownBy(() ->
                        run.optimizer().apply(List.of(run.zeros(), run.zeros(), run.zeros(), run.zeros()), weights))
                .hasMessageContaining("the gradient of dense/kernel must have its shape");
    }

    /** A view must not change with what an optimizer uses up. */
    @Test
    void whatOtherTensorsShowIsCopiedByAnUpdate() {
        final Variable scale = run.variable("scale", run.zeros(2, 3));
        final Tensor view = a.reshape(6);

        run.sgd(0.5, 0).apply(List.of(view.reshape(2, 3)), List.of(scale));

        assertThat(view.toFloatArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(scale.toFloatArray()).containsExactly(-0.5f, -1, -1.5f, -2, -2.5f, -3);
    }

    @Test
    void randomNumbersAreOfTheirDistributions() {
        final float[] normal = run.random().normal(100, 100).toFloatArray();
        final float[] uniform = run.random().uniform(2, 4, 10_000).toFloatArray();
        double beta = 0;
        for (int i = 0; i < 4000; i++) {
            beta += run.random().beta(0.5, 1.5) / 4000;
        }

        assertThat(mean(normal)).isCloseTo(0, offset(0.05));
        assertThat(mean(uniform)).isCloseTo(3, offset(0.05));
        Arrays.sort(uniform);
        assertThat(uniform[0]).isBetween(2f, 2.01f);
        assertThat(uniform[9999]).isBetween(3.99f, 3.9999999f);
        assertThat(beta).isCloseTo(0.25, offset(0.02)); // alpha / (alpha + beta)
        final long[] order = run.random().permutation(50).toLongArray();
        assertThat(Arrays.stream(order).sorted().distinct().count()).isEqualTo(50);
        assertThat(order).isNotEqualTo(Arrays.stream(order).sorted().toArray());
        assertThatThrownBy(() -> run.random().beta(0, 1)).isInstanceOf(StepException.class);
    }

    private static double mean(final float[] numbers) {
        double sum = 0;
        for (final float number : numbers) {
            sum += number;
        }
        return sum / numbers.length;
    }

    private static double sigmoid(final double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double softplus(final double x) {
        return Math.log1p(Math.exp(x));
    }

    private static Arguments of(
            final String name, final Function<StepTensorTest, Tensor> operation, final double... expected) {
        return Arguments.of(name, operation, expected);
    }
}
