package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever Java does between the operations of a step is right in both executions. */
class ComputationTest {
    private static void with(final Execution execution, final Consumer<Computation> work) {
        Computed.with(execution, c -> {
            work.accept(c);
            return c;
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void countersAndIfsOfJavaDecideWhatAStepDoes(final Execution execution) {
        with(execution, c -> {
            Variable v = c.variable("v", new float[] {1}, 1);
            List<Fetched> seen = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                int number = i;
                c.step(() -> {
                    v.assign(number % 3 == 2 ? v.mul(10) : v.add(number));
                    seen.add(c.fetch(v));
                });
            }
            c.finish();

            assertThat(seen).extracting(Fetched::number).containsExactly(1f, 2f, 20f, 23f, 27f, 270f, 276f);
            assertThat(c.read(v)).containsExactly(276);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void numbersInTheMiddleOfAStepSeeWhatWasAssignedBefore(final Execution execution) {
        with(execution, c -> {
            Variable v = c.variable("v", new float[] {1, 2}, 2);
            List<Double> seen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                c.step(() -> {
                    seen.add(v.sum().item());
                    v.assignAdd(c.machine().full(1, 2));
                    seen.add(v.sum().item());
                    if (v.max().item() > 3.5) {
                        v.assign(v.mul(0));
                    }
                });
            }
            c.finish();

            assertThat(seen).containsExactly(3.0, 5.0, 5.0, 7.0, 0.0, 2.0);
        });
    }

    /** Two times two numbers, six times: such a step waits for the call of the next one, and for whoever reads meanwhile. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void aStepThatIsLeftIsDoneForWhoeverReads(final Execution execution) {
        with(execution, c -> {
            Variable v = c.variable("v", new float[] {1, -3}, 2);
            List<Float> seen = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                c.step(() -> {
                    float[] twice = new float[2];
                    c.machine().read(v.mul(2), numbers -> numbers.get(twice));
                    v.assign(c.machine().many(twice));
                    seen.add(c.fetch(c.machine().tensor(twice, 2)).numbers()[0]);
                });
                c.leave();
                if (i == 4) {
                    assertThat(c.read(v)).containsExactly(32, -96);
                }
            }

            assertThat(seen).containsExactly(2f, 4f, 8f, 16f, 32f, 64f);
            assertThat(c.read(v)).containsExactly(64, -192);
        });
    }

    /** Such as the validation of runs that several workers share: one program for the numbers, none for the rest. */
    @Test
    void aStepThatLeavesNothingNeedsNoProgram() {
        with(Execution.COMPILED, c -> {
            Variable v = c.variable("v", new float[] {1, 2}, 2);
            List<Double> seen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int number = i;
                c.step(() -> seen.add(
                        v.add(c.machine().tensor(new float[] {number}, 1)).sum().item()));
                c.leave();
            }

            assertThat(seen).containsExactly(3.0, 5.0, 7.0);
            assertThat(c.compilations()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void variablesCanBeExchanged(final Execution execution) {
        with(execution, c -> {
            Variable a = c.variable("a", new float[] {1}, 1);
            Variable b = c.variable("b", new float[] {2}, 1);
            c.step(() -> {
                Tensor old = a.add(0);
                a.assign(b);
                b.assign(old.add(b).mul(1));
            });
            c.finish();

            assertThat(c.read(a)).containsExactly(2);
            assertThat(c.read(b)).containsExactly(3);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aReshapedVariableIsNotLostInACopy(final Execution execution) {
        with(execution, c -> {
            Variable m = c.variable("m", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            c.step(() -> m.assign(m.transpose().reshape(2, 3).mul(2)));
            c.finish();

            assertThat(c.read(m)).containsExactly(2, 8, 4, 10, 6, 12);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatIsAssignedEndsAGradientsWay(final Execution execution) {
        with(execution, c -> {
            Variable w = c.variable("w", new float[] {3}, 1);
            List<Double> gradients = new ArrayList<>();
            c.step(() -> {
                try (GradientTape tape = new GradientTape()) {
                    Tensor before = w.square();
                    w.assign(w.mul(2));
                    Tensor after = w.mul(5);
                    gradients.add(tape.gradient(before, w).item());
                    gradients.add(tape.gradient(after, w).item());
                    gradients.add(tape.gradient(before.add(after), w).item());
                }
            });

            assertThat(gradients).containsExactly(6.0, 5.0, 11.0);
        });
    }

    /** A product that is added to a variable needs no memory of its own; its operands stay as they were. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void productsAreAddedToWhatIsThere(final Execution execution) {
        with(execution, c -> {
            Variable w = c.variable("w", new float[] {1, 2, 3, 4}, 2, 2);
            Variable x = c.variable("x", new float[] {1, 0, 2, 1}, 2, 2);
            List<Fetched> seen = new ArrayList<>();
            c.step(() -> {
                w.assign(w.sub(x.matmul(x).mul(0.5))); // minus half of [[1, 0], [4, 1]]
                w.assign(x.matmul(w).add(w)); // [[0.5, 2], [2, 7.5]] plus [[0.5, 2], [1, 3.5]]
                seen.add(c.fetch(w.sub(w.matmul(w)))); // minus [[13, 48], [36, 133]]
                w.assign(w.add(w.matmul(x))); // plus [[9, 4], [25, 11]]
            });
            c.finish();

            assertThat(seen.get(0).numbers()).containsExactly(-12, -44, -33, -122);
            assertThat(c.read(w)).containsExactly(10, 8, 28, 22);
            assertThat(c.read(x)).containsExactly(1, 0, 2, 1);
            c.code().ifPresent(code -> assertThat(code)
                    .contains("torch.addmm_(w, x, x, beta=1, alpha=-0.5)")
                    .doesNotContain("torch.addmm_(w, x, w") // it would read what it has written
                    .doesNotContain("torch.mm("));
        });
    }

    /** The gradients of slices that lie side by side are put side by side; what no slice reads gets 0. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void gradientsOfNeighbouringSlicesAreNotAdded(final Execution execution) {
        with(execution, c -> {
            Variable x = c.variable("x", new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 2, 5);
            List<Fetched> seen = new ArrayList<>();
            c.step(() -> {
                try (GradientTape tape = new GradientTape()) {
                    Tensor parts = x.slice(1, 0, 2)
                            .square()
                            .sum()
                            .add(x.slice(1, 3, 5).mul(3).sum());
                    Tensor whole = parts.add(x.slice(1, 2, 3).mul(5).sum());
                    seen.add(c.fetch(tape.gradient(whole, x)));
                    seen.add(c.fetch(tape.gradient(parts, x)));
                }
            });
            c.finish();

            assertThat(seen.get(0).numbers()).containsExactly(2, 4, 5, 3, 3, 12, 14, 5, 3, 3);
            assertThat(seen.get(1).numbers()).containsExactly(2, 4, 0, 3, 3, 12, 14, 0, 3, 3);
        });
    }

    /** An LSTM has four gates in one matrix. */
    @Test
    void gradientsOfSlicesThatFillATensorAreOneCall() {
        with(Execution.COMPILED, c -> {
            Variable x = c.variable("x", new float[] {1, 2, 3, 4}, 4);
            List<Fetched> seen = new ArrayList<>();
            c.step(() -> {
                try (GradientTape tape = new GradientTape()) {
                    Tensor all = x.slice(0, 1, 2).square();
                    for (final int gate : new int[] {3, 2, 0}) {
                        all = all.add(x.slice(0, gate, gate + 1).square());
                    }
                    seen.add(c.fetch(tape.gradient(all.sum(), x)));
                }
            });
            c.finish();

            assertThat(seen.get(0).numbers()).containsExactly(2, 4, 6, 8);
            assertThat(c.code().orElseThrow()).contains("torch.cat(").doesNotContain("slice_backward");
        });
    }

    /** A product of which more is wanted than its sum is computed once, and one that is repeated is not added to anything. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void productsThatAreNeededTwiceStay(final Execution execution) {
        with(execution, c -> {
            Variable w = c.variable("w", new float[] {1, 2, 3, 4}, 2, 2);
            Variable row = c.variable("row", new float[] {1, 1}, 1, 2);
            List<Fetched> seen = new ArrayList<>();
            c.step(() -> {
                Tensor product = w.matmul(w); // [[7, 10], [15, 22]]
                seen.add(c.fetch(w.add(product)));
                seen.add(c.fetch(product));
                seen.add(c.fetch(w.sub(row.matmul(w)))); // minus [4, 6] in each row
            });
            c.finish();

            assertThat(seen.get(0).numbers()).containsExactly(8, 12, 18, 26);
            assertThat(seen.get(1).numbers()).containsExactly(7, 10, 15, 22);
            assertThat(seen.get(2).numbers()).containsExactly(-3, -4, -1, -2);
        });
    }

    /** Running means are one call where their weights make 1, and only there. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void weightedMeansAreRight(final Execution execution) {
        with(execution, c -> {
            Variable mean = c.variable("mean", new float[] {4, 8}, 2);
            Variable sum = c.variable("sum", new float[] {4, 8}, 2);
            Variable news = c.variable("news", new float[] {8, 0}, 2);
            List<Fetched> seen = new ArrayList<>();
            c.step(() -> {
                mean.assign(mean.mul(0.75).add(news.mul(0.25)));
                sum.assign(sum.mul(0.75).add(news.mul(0.5)));
                seen.add(c.fetch(news.mul(0.75).sub(mean.mul(-0.25))));
            });
            c.finish();

            assertThat(c.read(mean)).containsExactly(5, 6);
            assertThat(c.read(sum)).containsExactly(7, 6);
            assertThat(seen.get(0).numbers()).containsExactly(7.25f, 1.5f);
            c.code().ifPresent(code -> assertThat(code).contains("torch.lerp_(mean, news, 0.25)"));
        });
    }

    /** An update must not reach what was computed before it. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatWasReadBeforeAnUpdateStaysAsItWas(final Execution execution) {
        with(execution, c -> {
            Variable w = c.variable("w", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            Optimizer momentum = new Optimizer(Update.of(new OptimizerConfig.Sgd(0.5, 0.5, false)), c);
            List<float[]> seen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                c.step(() -> {
                    try (GradientTape tape = new GradientTape()) {
                        Tensor x = c.machine().full(1, 1, 2);
                        Tensor turned = w.transpose();
                        Tensor y = x.matmul(w).square().sum();
                        Tensor constant = c.machine().full(1, 2, 3);
                        momentum.apply(List.of(constant), List.of(w));
                        momentum.apply(List.of(constant), List.of(w));
                        seen.add(turned.slice(0, 0, 1).toFloatArray());
                        seen.add(tape.gradient(y, w).toFloatArray());
                        seen.add(w.slice(1, 0, 1).toFloatArray());
                    }
                });
            }
            c.finish();

            // steps: 0.5, 0.75; 0.875, 0.9375; 0.96875, 0.984375
            assertThat(seen.get(0)).containsExactly(1, 4);
            assertThat(seen.get(1)).containsExactly(10, 14, 18, 10, 14, 18);
            assertThat(seen.get(2)).containsExactly(-0.25f, 2.75f);
            assertThat(seen.get(3)).containsExactly(-0.25f, 2.75f);
            assertThat(seen.get(4)).containsExactly(5, 9, 13, 5, 9, 13);
            assertThat(seen.get(5)).containsExactly(-2.0625f, 0.9375f);
            assertThat(seen.get(8)).containsExactly(-4.015625f, -1.015625f);
            assertThat(c.read(w)[5]).isEqualTo(0.984375f);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void gradientsOfGradientsOfProductsAreRight(final Execution execution) {
        with(execution, c -> {
            Variable w = c.variable("w", new float[] {2}, 1, 1);
            List<Double> seen = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                c.step(() -> {
                    try (GradientTape tape = new GradientTape()) {
                        Tensor x = c.machine().full(3, 1, 1);
                        Tensor y = x.matmul(w).pow(3).sum(); // x^3 w^3
                        Tensor first = tape.gradient(y, x); // 3 x^2 w^3 = 216
                        Tensor second = tape.gradient(first, x); // 6 x w^3 = 144
                        seen.add(first.item());
                        seen.add(second.item());
                        seen.add(tape.gradient(second, w).item()); // 18 x w^2 = 216
                    }
                });
            }

            assertThat(seen).containsExactly(216.0, 144.0, 216.0, 216.0, 144.0, 216.0);
        });
    }

    /** A gradient of many operations, of which the next gradient needs each. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void gradientsOfLongGradientsDoNotOverflow(final Execution execution) {
        with(execution, c -> {
            Variable w = c.variable("w", new float[] {3}, 1);
            List<Double> seen = new ArrayList<>();
            c.step(() -> {
                try (GradientTape tape = new GradientTape()) {
                    Tensor y = w.pow(3);
                    for (int i = 0; i < 20_000; i++) {
                        y = y.mul(i % 2 == 0 ? 2 : 0.5);
                    }
                    Tensor first = tape.gradient(y.sum(), w); // 3 w^2
                    seen.add(tape.gradient(first.sum(), w).item()); // 6 w
                }
            });

            assertThat(seen).containsExactly(18.0);
        });
    }

    @Test
    void gradientsThatAlwaysDifferAreNotCompiledEachTime() {
        with(Execution.EAGER, c -> {
            Variable w = c.variable("w", new float[] {1}, 1);
            List<Double> gradients = new ArrayList<>();
            for (int i = 1; i <= 100; i++) {
                int rows = i;
                c.step(() -> {
                    try (GradientTape tape = new GradientTape()) {
                        gradients.add(
                                tape.gradient(w.mul(c.machine().full(1, rows)).sum(), w)
                                        .item());
                    }
                });
            }

            assertThat(gradients).hasSize(100).first().isEqualTo(1.0);
            assertThat(gradients).last().isEqualTo(100.0);
            assertThat(((EagerComputation) c).compilations()).isLessThan(12);
        });
    }

    /** An update that a person catches. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void anUpdateThatFailsChangesNothingOfTheStep(final Execution execution) {
        with(execution, c -> {
            Variable w = c.variable("w", new float[] {1, 2}, 2);
            Optimizer sgd = new Optimizer(Update.of(new OptimizerConfig.Sgd(0.5)), c);
            c.step(() -> {
                Tensor misfit = c.machine().full(1, 3);
                assertThatThrownBy(() -> sgd.apply(List.of(misfit), List.of(w))).isInstanceOf(TensorException.class);
                assertThat(w.mul(2).toFloatArray()).containsExactly(2, 4);
                sgd.apply(List.of(c.machine().full(1, 2)), List.of(w));
            });
            c.finish();

            assertThat(c.read(w)).containsExactly(0.5f, 1.5f);
        });
    }

    /** Of w^2 x, at w = 2, 1, 0.75 and x = 3, 1, 1: what is learned, and what a person sees of it afterwards. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void gradientsAreThoseBeforeTheUpdateWheneverTheyAreRead(final Execution execution) {
        with(execution, c -> {
            Variable w = c.variable("w", new float[] {2}, 1);
            Variable x = c.variable("x", new float[] {3}, 1);
            Optimizer sgd = new Optimizer(Update.of(new OptimizerConfig.Sgd(0.125)), c);
            Optimizer momentum = new Optimizer(Update.of(new OptimizerConfig.Sgd(0.5, 0.5, false)), c);
            List<Double> seen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                c.step(() -> {
                    try (GradientTape tape = new GradientTape()) {
                        Tensor y = w.square().mul(x).sum();
                        List<Tensor> gradients = tape.gradient(y, List.of(w, x)); // 2 w x, w^2
                        Tensor second = tape.gradient(gradients.get(0).sum(), w); // 2 x
                        sgd.apply(gradients.subList(0, 1), List.of(w));
                        momentum.apply(gradients.subList(1, 2), List.of(x));
                        seen.add(w.item());
                        seen.add(gradients.get(0).item());
                        seen.add(gradients.get(1).item());
                        seen.add(second.item());
                        seen.add(tape.gradient(w.square().sum(), w).item());
                    }
                });
            }
            c.finish();

            assertThat(seen.subList(0, 5)).containsExactly(0.5, 12.0, 4.0, 6.0, 1.0);
            assertThat(seen.subList(5, 10)).containsExactly(0.375, 1.0, 0.25, 2.0, 0.75);
            assertThat(c.compilations()).isLessThan(20);
        });
    }

    /** The second update uses gradients that the first one, which failed, had taken. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void gradientsOutliveAnUpdateThatFails(final Execution execution) {
        with(execution, c -> {
            Variable w = c.variable("w", new float[] {3, 2, 1}, 3);
            Variable b = c.variable("b", new float[] {1, 1}, 2);
            Optimizer sgd = new Optimizer(Update.of(new OptimizerConfig.Sgd(0.5)), c);
            c.step(() -> {
                try (GradientTape tape = new GradientTape()) {
                    List<Tensor> gradient = tape.gradient(w.square().sum(), List.of(w));
                    assertThatThrownBy(() -> sgd.apply(gradient, List.of(b))).isInstanceOf(TensorException.class);
                    sgd.apply(gradient, List.of(w));
                    assertThat(gradient.get(0).toFloatArray()).containsExactly(6, 4, 2);
                }
            });
            c.finish();

            assertThat(c.read(w)).containsExactly(0, 0, 0);
            assertThat(c.read(b)).containsExactly(1, 1);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aValueForTwoVariablesIsNotShared(final Execution execution) {
        with(execution, c -> {
            Variable a = c.variable("a", new float[] {1}, 1);
            Variable b = c.variable("b", new float[] {2}, 1);
            Optimizer momentum = new Optimizer(Update.of(new OptimizerConfig.Sgd(0.5, 0.9, false)), c);
            c.step(() -> {
                Tensor sum = a.add(b);
                a.together(() -> {
                    a.assign(sum);
                    b.assign(sum);
                });
            });
            c.step(() -> momentum.apply(List.of(c.machine().full(1, 1)), List.of(a)));
            c.finish();

            assertThat(c.read(a)).containsExactly(2.5f);
            assertThat(c.read(b)).containsExactly(3);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void wholeNumbersTrueAndFalseComeToJava(final Execution execution) {
        with(
                execution,
                c -> c.step(() -> {
                    Tensor x = c.machine().tensor(new float[] {3, 9, 4}, 1, 3);

                    assertThat(x.argmax(1).item()).isEqualTo(1);
                    assertThat(x.gt(3.5).toLongArray()).containsExactly(0, 1, 1);
                    assertThat(x.argmax(1).oneHot(3).toFloatArray()).containsExactly(0, 1, 0);
                    assertThat(x.slice(1, 1, 3).toFloatArray()).containsExactly(9, 4);
                }));
    }

    @Test
    void changingNumbersAreNotCompiledAgainAndAgain() {
        with(Execution.COMPILED, c -> {
            Variable v = c.variable("v", new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 8);
            double sum = 0;
            List<Fetched> parts = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int from = i;
                sum += from * 0.5;
                c.step(() -> parts.add(c.fetch(v.slice(0, from, from + 1).mul(0.5))));
            }
            c.finish();

            assertThat(parts.stream().mapToDouble(Fetched::number).sum()).isEqualTo(sum);
            assertThat(((CompiledComputation) c).compilations()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aTensorOfAnotherStepIsRefused(final Execution execution) {
        with(execution, c -> {
            Tensor[] kept = new Tensor[1];
            c.step(() -> kept[0] = c.machine().full(1, 2));

            assertThatThrownBy(() -> c.step(() -> kept[0].add(1)))
                    .isInstanceOf(TensorException.class)
                    .hasMessageContaining("an earlier step");
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void shapesThatDoNotFitAreNamedWithTheLayer(final Execution execution) {
        with(execution, c -> assertThatThrownBy(() -> c.step(() -> {
                    c.machine().at("dense_1: Dense, 64 to 10");
                    c.machine().full(1, 2, 3).matmul(c.machine().full(1, 4, 5));
                }))
                .hasMessage("matmul at dense_1: Dense, 64 to 10: the shapes [2, 3] and [4, 5] do not fit; both need two"
                        + " axes or more, and the first one as many columns as the second has rows"));
    }

    @Test
    void whatCameBeforeAnExceptionIsDone() {
        with(Execution.COMPILED, c -> {
            Variable v = c.variable("v", new float[] {0}, 1);
            c.step(() -> v.assignAdd(c.machine().full(1, 1)));
            c.step(() -> v.assignAdd(c.machine().full(1, 1)));

            assertThatThrownBy(() -> c.step(() -> {
                        v.assignAdd(c.machine().full(1, 1));
                        throw new InvalidInputException("stop");
                    }))
                    .hasMessage("stop");
            assertThat(c.read(v)).containsExactly(2);
        });
    }

    @ParameterizedTest
    @EnumSource(OperationExample.class)
    void everyExampleGivesTheSameNumbersInBothExecutions(final OperationExample example) {
        List<float[]> compiled = numbers(Execution.COMPILED, example);
        List<float[]> eager = numbers(Execution.EAGER, example);

        assertThat(compiled).hasSize(eager.size());
        for (int i = 0; i < compiled.size(); i++) {
            assertThat(compiled.get(i)).containsExactly(eager.get(i), within(2e-5f));
        }
    }

    /** The result and its gradients by all inputs. */
    private static List<float[]> numbers(final Execution execution, final OperationExample example) {
        List<Fetched> fetched = new ArrayList<>();
        with(execution, c -> {
            c.step(() -> {
                SplittableRandom random = new SplittableRandom(7);
                List<Tensor> inputs = new ArrayList<>();
                for (final long[] shape : example.shapes()) {
                    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (float) example.number(random);
                    }
                    inputs.add(c.machine().tensor(values, shape));
                }
                Tensor result = example.of(c.machine(), inputs);
                fetched.add(c.fetch(result));
                try (GradientTape tape = new GradientTape()) {
                    tape.gradient(result, inputs).forEach(gradient -> fetched.add(c.fetch(gradient)));
                }
            });
            c.finish();
        });
        return fetched.stream().map(Fetched::numbers).toList();
    }

    @Test
    void normalizedColumnsAreOneCallInEachDirection() {
        with(Execution.COMPILED, c -> {
            Variable x = c.variable("x", new float[] {1, 2, 3, 4, 5, 7}, 3, 2);
            Variable gamma = c.variable("gamma", new float[] {1, 2}, 2);
            Variable beta = c.variable("beta", new float[] {0, 1}, 2);
            c.step(() -> {
                Tensor y = x.normalizeColumns(gamma, beta, x.columnMeans(), x.columnScales(1e-3));
                c.fetch(x.columnMeans());
                c.fetch(x.columnScales(1e-3));
                try (GradientTape tape = new GradientTape()) {
                    tape.gradient(y.square().sum(), List.of(x, gamma, beta)).forEach(c::fetch);
                }
            });
            c.finish();

            String code = c.code().orElseThrow();
            assertThat(code.split("native_batch_norm\\(")).hasSize(2);
            assertThat(code.split("native_batch_norm_backward\\(")).hasSize(2);
            assertThat(code).contains("[True, True, True]").doesNotContain("torch.mean(", "torch.sum(y");
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void noArrayStaysOpen(final Execution execution) {
        with(execution, c -> c.finish());
        int before = NativeArrays.count();
        with(execution, c -> {
            Variable v = c.variable("v", new float[] {1}, 1);
            for (int i = 0; i < 20; i++) {
                int number = i;
                c.step(() -> {
                    v.assign(v.add(number));
                    if (number % 5 == 0) {
                        v.item();
                    }
                });
            }
            c.finish();
        });

        assertThat(NativeArrays.count()).isEqualTo(before);
    }
}
