package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What steps assign is right in both executions, whatever was read before and whatever fails. */
class ComputationUpdateTest {
    /** A product that is added to a variable needs no memory of its own; its operands stay as they were. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void productsAreAddedToWhatIsThere(final Execution execution) {
        Computed.run(execution, c -> {
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

    /** Names of variables need not differ, nor differ from those that the program has for itself. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void variablesMayBeCalledWhatTheyLike(final Execution execution) {
        Computed.run(execution, c -> {
            List<Variable> all = new ArrayList<>();
            for (final String name : List.of(
                    "results",
                    "results",
                    "results 1",
                    "c0",
                    "c",
                    "c!",
                    "numbers",
                    "floats",
                    "i",
                    "steps",
                    "last",
                    "last_step",
                    "last_step_i",
                    "last_step_0",
                    "all_by_step",
                    "stacked_by_step",
                    "permute",
                    "result")) {
                all.add(c.variable(name, new float[] {all.size()}, 1));
            }
            List<Fetched> seen = new ArrayList<>();
            for (int step = 0; step < 3; step++) {
                final double number = step;
                c.step(() -> {
                    final Machine.Run run = c.machine()
                            .scan(
                                    false,
                                    List.of(c.machine()
                                            .concat(
                                                    0,
                                                    all.get(0).reshape(1, 1),
                                                    all.get(1).reshape(1, 1))),
                                    List.of(all.get(2).add(number)),
                                    (states, elements) ->
                                            List.of(states.get(0).mul(2).add(elements.get(0))));
                    seen.add(c.fetch(run.last(0)));
                    seen.add(c.fetch(run.all(0)));
                    all.forEach(variable -> seen.add(c.fetch(variable.mul(number))));
                    all.forEach(variable -> variable.assign(variable.add(1)));
                });
            }
            c.finish();

            // (2 + 0) * 2 + 0, then * 2 + 1 in the first step; (4 + 2 * 2 + ...) in the third
            assertThat(seen.get(0).numbers()).containsExactly(9);
            assertThat(seen.get(1).numbers()).containsExactly(4, 9);
            final int third = 2 * (2 + all.size());
            assertThat(seen.get(third).numbers()).containsExactly(((4 + 2) * 2 + 2) * 2 + 3);
            for (int v = 0; v < all.size(); v++) {
                assertThat(seen.get(third + 2 + v).numbers()).containsExactly(2 * (v + 2));
                assertThat(c.read(all.get(v))).containsExactly(v + 3);
            }
        });
    }

    /** A product of which more is wanted than its sum is computed once, and one that is repeated is not added to anything. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void productsThatAreNeededTwiceStay(final Execution execution) {
        Computed.run(execution, c -> {
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
        Computed.run(execution, c -> {
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

    /** Where an impossible class has minus infinity as its logarithm: not infinity less infinity. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void weightedMeansOfInfiniteNumbersAreInfinite(final Execution execution) {
        Computed.run(execution, c -> {
            List<Fetched> seen = new ArrayList<>();
            c.step(() -> {
                Tensor x = c.machine().tensor(new float[] {1, Float.NEGATIVE_INFINITY}, 2);
                Tensor y = x.flip(0);
                seen.add(c.fetch(x.mul(0.25).add(y.mul(0.75))));
                seen.add(c.fetch(x.mul(0.75).add(y.mul(0.25))));
            });
            c.finish();

            assertThat(seen.get(0).numbers()).containsExactly(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY);
            assertThat(seen.get(1).numbers()).containsExactly(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY);
        });
    }

    /** An update must not reach what was computed before it. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatWasReadBeforeAnUpdateStaysAsItWas(final Execution execution) {
        Computed.run(execution, c -> {
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

    /** An update that a person catches. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void anUpdateThatFailsChangesNothingOfTheStep(final Execution execution) {
        Computed.run(execution, c -> {
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

    /** What was assigned before a mistake that a person catches stays assigned, as in any Java. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void anUpdateThatFailsAtItsSecondWeightChangesTheFirst(final Execution execution) {
        Computed.run(execution, c -> {
            Variable w = c.variable("w", new float[] {1, 2}, 2);
            Variable b = c.variable("b", new float[] {3}, 1);
            Optimizer momentum = new Optimizer(Update.of(new OptimizerConfig.Sgd(0.5, 0.5, false)), c);
            List<Fetched> seen = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                c.step(() -> {
                    try (GradientTape tape = new GradientTape()) {
                        Tensor turned = w.mul(-1);
                        List<Tensor> gradients = List.of(
                                tape.gradient(w.square().sum(), w).mul(0.5), // w
                                c.machine().tensor(new long[] {1}, 1)); // no float number
                        assertThatThrownBy(() -> momentum.apply(gradients, List.of(w, b)))
                                .isInstanceOf(TensorException.class);
                        seen.add(c.fetch(turned));
                        seen.add(c.fetch(w.mul(2)));
                    }
                });
            }
            c.finish();

            // moves by -0.5, -1; then by half of that and half of the weight that is left, -0.5, -1
            assertThat(seen.get(0).numbers()).containsExactly(-1, -2);
            assertThat(seen.get(1).numbers()).containsExactly(1, 2);
            assertThat(seen.get(2).numbers()).containsExactly(-0.5f, -1);
            assertThat(seen.get(3).numbers()).containsExactly(0, 0);
            assertThat(c.read(w)).containsExactly(0, 0);
            assertThat(c.read(b)).containsExactly(3);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void anUpdateByGradientsOfOtherShapesChangesNothing(final Execution execution) {
        Computed.run(execution, c -> {
            Variable w = c.variable("w", new float[] {1, 2}, 2);
            Variable b = c.variable("b", new float[] {3}, 1);
            Optimizer momentum = new Optimizer(Update.of(new OptimizerConfig.Sgd(0.5, 0.5, false)), c);
            c.step(() -> assertThatThrownBy(() -> momentum.apply(
                            List.of(c.machine().full(1, 2), c.machine().full(1)), List.of(w, b)))
                    .isInstanceOf(TensorException.class)
                    .hasMessage("apply needs for the weight b a gradient of the shape [1], but it is of the shape []"));
            c.finish();

            assertThat(c.read(w)).containsExactly(1, 2);
            assertThat(c.read(b)).containsExactly(3);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatEndsAnUpdateBetweenTwoVariablesLeavesTheFirstAssigned(final Execution execution) {
        Computed.run(execution, c -> {
            Variable a = c.variable("a", new float[] {1}, 1);
            Variable b = c.variable("b", new float[] {2}, 1);
            List<Double> seen = new ArrayList<>();
            c.step(() -> {
                assertThatThrownBy(() -> a.together(() -> {
                            a.assign(a.add(4));
                            throw new IllegalStateException("between");
                        }))
                        .hasMessage("between");
                b.assign(a.mul(2));
                seen.add(a.item());
            });
            c.finish();

            assertThat(seen).containsExactly(5.0);
            assertThat(c.read(a)).containsExactly(5);
            assertThat(c.read(b)).containsExactly(10);
        });
    }

    /** Of w^2 x, at w = 2, 1, 0.75 and x = 3, 1, 1: what is learned, and what a person sees of it afterwards. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void gradientsAreThoseBeforeTheUpdateWheneverTheyAreRead(final Execution execution) {
        Computed.run(execution, c -> {
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
        Computed.run(execution, c -> {
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
        Computed.run(execution, c -> {
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
}
