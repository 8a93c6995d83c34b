package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adam's rule in one call of the engine does what its operations do, wherever a step reads what the call changes. */
class FusedAdamTest {
    private static final String CALL = "torch._fused_adam_(";
    private static final float[] W = {1, -2, 3, 0.5f, -0.25f, 8};
    private static final float[] V = {2, 1, 0, -1, -2, -3};
    private static final int STEPS = 5;

    /** A step that changes two variables of two rows and three columns, and shows some numbers. */
    @FunctionalInterface
    private interface Step {
        List<Tensor> run(Variable w, Variable v);
    }

    /**
     * What was computed.
     *
     * @param numbers what the steps showed, and the variables at the end
     * @param code of the program
     */
    private record Result(List<float[]> numbers, String code) {}

    private static Result run(final Execution execution, final Function<Computation, Step> maker) {
        return Computed.with(execution, c -> {
            final Variable w = c.variable("w", W, 2, 3);
            final Variable v = c.variable("v", V, 2, 3);
            final Step step = maker.apply(c);
            final List<Fetched> seen = new ArrayList<>();
            for (int i = 0; i < STEPS; i++) {
                c.step(() -> step.run(w, v).forEach(tensor -> seen.add(c.fetch(tensor))));
            }
            c.finish();
            final List<float[]> numbers = new ArrayList<>();
            seen.forEach(fetched -> numbers.add(fetched.numbers()));
            numbers.add(c.read(w));
            numbers.add(c.read(v));
            return new Result(numbers, c.code().orElse(""));
        });
    }

    /** Runs a step in both executions. */
    private static void assertAlike(final int calls, final Function<Computation, Step> maker) {
        final List<float[]> eager = run(Execution.EAGER, maker).numbers();
        final Result compiled = run(Execution.COMPILED, maker);

        assertThat(compiled.code().split(Pattern.quote(CALL), -1)).hasSize(calls + 1);
        assertThat(compiled.numbers()).hasSameSizeAs(eager);
        for (int i = 0; i < eager.size(); i++) {
            assertThat(compiled.numbers().get(i))
                    .as("numbers %d", i)
                    .usingComparatorWithPrecision(5e-6f)
                    .containsExactly(eager.get(i));
        }
        assertThat(eager.get(eager.size() - 2)).isNotEqualTo(W);
    }

    private static Optimizer adam(final Computation c) {
        return optimizer(c, new OptimizerConfig.Adam(0.1));
    }

    private static Optimizer optimizer(final Computation c, final OptimizerConfig config) {
        return new Optimizer(Update.of(config), c);
    }

    /** Adam's rule, as a person writes it. */
    private static void average(final Variable mean, final Tensor values, final double decay) {
        mean.assign(mean.mul(decay).add(values.mul(1 - decay)));
    }

    private static void step(final Variable w, final Tensor mean, final Tensor square) {
        w.assign(w.sub(mean.div(square.sqrt().add(1e-7)).mul(0.1)));
    }

    /** Predictions of one and the same input, before and after: the engine's compiler must not take one for the other. */
    @Test
    void aStepSeesItsWeightsBeforeAndAfter() {
        assertAlike(1, c -> {
            final Optimizer adam = adam(c);
            return (w, v) -> {
                final Tensor x = c.machine().full(1, 1, 2);
                try (GradientTape tape = new GradientTape()) {
                    final Tensor before = x.matmul(w.mul(v));
                    final Tensor turned = w.transpose();
                    adam.apply(tape.gradient(before.square().sum(), List.of(w, v)), List.of(w, v));
                    return List.of(before, turned, x.matmul(w.mul(v)), w, w.transpose());
                }
            };
        });
    }

    /** The call reads memory from one end to the other. */
    @Test
    void gradientsMayLieAcrossMemoryOrInPieces() {
        assertAlike(1, c -> {
            final Optimizer adam = adam(c);
            return (w, v) -> {
                final Tensor turned = c.machine()
                        .tensor(new float[] {1, -2, 3, -4, 5, -6}, 3, 2)
                        .transpose();
                final Tensor part = c.machine()
                        .tensor(new float[] {1, 2, 3, 4, -5, -6, -7, -8}, 2, 4)
                        .slice(1, 1, 4);
                adam.apply(List.of(turned, part), List.of(w, v));
                return List.of();
            };
        });
    }

    /** Of ten columns: on some processors such a product lies column by column. */
    @Test
    void gradientsMayBeNarrowProducts() {
        assertAlike(1, c -> {
            final Optimizer adam = adam(c);
            final Variable narrow = c.variable("narrow", numbers(64 * 10), 64, 10);
            return (w, v) -> {
                final Tensor x = c.machine().tensor(numbers(64 * 64), 64, 64);
                final Tensor y = c.machine().tensor(numbers(640), 64, 10);
                adam.apply(List.of(x.transpose().matmul(y), c.machine().full(1, 2, 3)), List.of(narrow, w));
                return List.of(narrow, narrow.sum(0));
            };
        });
    }

    private static float[] numbers(final int count) {
        final float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i * 37 % 101 / 50f - 1;
        }
        return numbers;
    }

    /** The call goes through what it writes over from one end to the other, too. */
    @Test
    void whatWasThereBeforeMayLieAcrossMemory() {
        assertAlike(1, c -> {
            final Variable mean = c.variable("mean", W, 2, 3);
            final Variable square = c.variable("square", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            return (w, v) -> {
                mean.assign(across(mean).mul(0.9).add(v.mul(1 - 0.9)));
                square.assign(across(square).mul(0.999).add(v.mul(v).mul(1 - 0.999)));
                w.assign(across(w).sub(mean.div(square.sqrt().add(1e-7)).mul(0.1)));
                return List.of(w);
            };
        });
    }

    /** The next step's call writes over the weight's own memory. */
    @Test
    void aWeightMayTakeNumbersThatLieAcrossMemory() {
        assertAlike(1, c -> {
            final Optimizer adam = adam(c);
            return (w, v) -> {
                adam.apply(List.of(v.mul(v), v.sin()), List.of(w, v));
                w.assign(across(w));
                return List.of();
            };
        });
    }

    private static Tensor across(final Tensor x) {
        return x.reshape(3, 2).transpose();
    }

    /** The call must not read what it has written. */
    @Test
    void aGradientMayBeTheWeightOrTheOtherOne() {
        assertAlike(2, c -> {
            final Optimizer adam = adam(c);
            return (w, v) -> {
                adam.apply(List.of(w.mul(1), w), List.of(w, v));
                return List.of(w.add(v));
            };
        });
    }

    /** Nor may two weights be one call if the second one needs the first. */
    @Test
    void aGradientMayBeWhatTheUpdateBeforeHasMade() {
        assertAlike(2, c -> {
            final Optimizer one = adam(c);
            final Optimizer other = adam(c);
            return (w, v) -> {
                one.apply(List.of(v), List.of(w));
                other.apply(List.of(w), List.of(v));
                return List.of(w, v);
            };
        });
    }

    @Test
    void weightsOfOtherRatesAreOtherCalls() {
        assertAlike(2, c -> {
            final Optimizer one = adam(c);
            final Optimizer other = optimizer(c, new OptimizerConfig.Adam(0.2));
            return (w, v) -> {
                final List<Tensor> gradients = List.of(w.mul(v), w.add(v));
                one.apply(gradients.subList(0, 1), List.of(w));
                other.apply(gradients.subList(1, 2), List.of(v));
                return List.of(w, v);
            };
        });
    }

    @Test
    void aWeightMayChangeTwiceInAStep() {
        assertAlike(2, c -> {
            final Optimizer one = adam(c);
            final Optimizer other = adam(c);
            return (w, v) -> {
                one.apply(List.of(v), List.of(w));
                other.apply(List.of(w), List.of(v));
                one.apply(List.of(v), List.of(w));
                return List.of(w.sub(v));
            };
        });
    }

    @Test
    void weightsMayDecayBefore() {
        assertAlike(2, c -> {
            final Optimizer decaying = optimizer(c, new OptimizerConfig.AdamW(0.1));
            return (w, v) -> {
                decaying.apply(List.of(v.mul(v), w.mul(v)), List.of(w, v));
                return List.of(w);
            };
        });
    }

    /** Means that forget fast, and ones that hardly do. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.9999999})
    void betasMayBeSmallOrLarge(final double beta) {
        assertAlike(1, c -> {
            final Optimizer adam = optimizer(c, new OptimizerConfig.Adam(0.1, beta, beta, 1e-3));
            return (w, v) -> {
                adam.apply(List.of(v.mul(v), w.mul(v)), List.of(w, v));
                return List.of();
            };
        });
    }

    /** The same rule as a person writes it, whose means the step reads, too. */
    @Test
    void meansThatAStepReadsAreThere() {
        assertAlike(0, c -> {
            final Variable mean = c.variable("mean", new float[6], 2, 3);
            final Variable square = c.variable("square", new float[6], 2, 3);
            return (w, v) -> {
                final Tensor before = mean.mul(2);
                average(mean, v, 0.9);
                average(square, v.mul(v), 0.999);
                final Tensor after = mean.mul(2);
                step(w, mean, square);
                v.assign(v.add(mean));
                return List.of(before, after, mean, w);
            };
        });
    }

    /** The same rule as a person writes it, whose means the step read before. */
    @Test
    void meansThatAStepReadBeforeStayAsTheyWere() {
        assertAlike(1, c -> {
            final Variable mean = c.variable("mean", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            final Variable square = c.variable("square", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            return (w, v) -> {
                final Tensor turned = mean.transpose();
                final Tensor root = square.sqrt();
                average(mean, v, 0.9);
                average(square, v.mul(v), 0.999);
                step(w, mean, square);
                return List.of(turned, root, turned.mul(2));
            };
        });
    }

    /** What looks like it, and is something else. */
    @Test
    void otherRulesStayAsTheyAre() {
        assertAlike(0, c -> {
            final Variable mean = c.variable("mean", new float[6], 2, 3);
            final Variable square = c.variable("square", new float[6], 2, 3);
            return (w, v) -> {
                mean.assign(mean.mul(0.9).add(v.mul(0.2))); // no mean
                average(square, v.mul(v), 0.999);
                step(w, mean, square);
                return List.of();
            };
        });
        assertAlike(0, c -> {
            final Variable mean = c.variable("mean", new float[6], 2, 3);
            final Variable square = c.variable("square", new float[6], 2, 3);
            return (w, v) -> {
                average(mean, v, 0.9);
                square.assign(square.mul(0.999).add(v.mul(w).mul(1 - 0.999)).square()); // of no square
                step(w, mean, square);
                return List.of();
            };
        });
    }
}
