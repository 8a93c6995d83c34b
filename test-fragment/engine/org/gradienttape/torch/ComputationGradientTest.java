package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradients within steps are right in both executions, and are computed by few calls. */
class ComputationGradientTest {
    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatIsAssignedEndsAGradientsWay(final Execution execution) {
        Computed.run(execution, c -> {
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

    /** By the usual form they would be 0 times infinity. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void derivativesOfPowersAreNumbersAtZero(final Execution execution) {
        Computed.run(execution, c -> {
            Variable x = c.variable("x", new float[] {0, 2}, 2);
            List<Fetched> seen = new ArrayList<>();
            c.step(() -> {
                try (GradientTape tape = new GradientTape()) {
                    Tensor derivative = x.pow(0).add(x.pow(1)).add(x.pow(2));
                    for (int i = 0; i < 3; i++) {
                        derivative = tape.gradient(derivative, x);
                        seen.add(c.fetch(derivative));
                    }
                }
            });
            c.finish();

            assertThat(seen.get(0).numbers()).containsExactly(1, 5);
            assertThat(seen.get(1).numbers()).containsExactly(2, 2);
            assertThat(seen.get(2).numbers()).containsExactly(0, 0);
        });
    }

    /** The gradients of slices that lie side by side are put side by side; what no slice reads gets 0. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void gradientsOfNeighbouringSlicesAreNotAdded(final Execution execution) {
        Computed.run(execution, c -> {
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
        Computed.run(Execution.COMPILED, c -> {
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

    @ParameterizedTest
    @EnumSource(Execution.class)
    void gradientsOfGradientsOfProductsAreRight(final Execution execution) {
        Computed.run(execution, c -> {
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
        Computed.run(execution, c -> {
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
        Computed.run(Execution.EAGER, c -> {
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

    @Test
    void normalizedColumnsAreOneCallInEachDirection() {
        Computed.run(Execution.COMPILED, c -> {
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
}
