package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A step may do something else each time: its gradients are those of what it does now, whatever it did before. */
class ChangingStepTest {
    /** Of losses of w b at w = 1, 2 and b = 3, 4. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void gradientsAreThoseOfTheOperationsOfTheStep(final Execution execution) {
        List<UnaryOperator<Tensor>> losses = List.of(
                product -> product.mul(2).sum(), // 2 b
                product -> product.mul(2).sum(),
                product -> product.mul(3).sum(), // another number: 3 b
                product -> product.mul(5).sum(),
                product -> product.mul(product).sum(), // another operation: 2 w b^2
                product -> product.slice(0, 0, 1).mul(2).sum(), // another shape: 2 b, 0
                product -> product.detach().mul(product).sum(), // a part of the way: w b^2
                product -> product.slice(0, 0, 1).item() > 2 ? product.mul(4).sum() : product.sum(), // looks: 4 b
                product -> product.mul(2).sum());
        Computed.run(execution, c -> {
            Variable w = c.variable("w", new float[] {1, 2}, 2);
            Variable b = c.variable("b", new float[] {3, 4}, 2);
            List<float[]> seen = new ArrayList<>();
            losses.forEach(loss -> c.step(() -> {
                try (GradientTape tape = new GradientTape()) {
                    Tensor product = w.mul(b);
                    seen.add(tape.gradient(loss.apply(product), w).toFloatArray());
                }
            }));
            c.finish();

            assertThat(seen.get(0)).containsExactly(6, 8);
            assertThat(seen.get(1)).containsExactly(6, 8);
            assertThat(seen.get(2)).containsExactly(9, 12);
            assertThat(seen.get(3)).containsExactly(15, 20);
            assertThat(seen.get(4)).containsExactly(18, 64);
            assertThat(seen.get(5)).containsExactly(6, 0);
            assertThat(seen.get(6)).containsExactly(9, 32);
            assertThat(seen.get(7)).containsExactly(12, 16);
            assertThat(seen.get(8)).containsExactly(6, 8);
        });
    }

    /** Of w b, whose gradients are b and w, with steps of a half. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void updatesAreThoseThatTheStepMakes(final Execution execution) {
        Computed.run(execution, c -> {
            Variable w = c.variable("w", new float[] {1}, 1);
            Variable b = c.variable("b", new float[] {2}, 1);
            Optimizer sgd = new Optimizer(Update.of(new OptimizerConfig.Sgd(0.5)), c);
            List<List<Variable>> changed =
                    List.of(List.of(w, b), List.of(w, b), List.of(w), List.of(b), List.of(b, w), List.of(w, b));
            List<Fetched> seen = new ArrayList<>();
            changed.forEach(weights -> c.step(() -> {
                try (GradientTape tape = new GradientTape()) {
                    List<Tensor> gradients = tape.gradient(w.mul(b).sum(), List.of(w, b));
                    boolean isOnlyB = weights.equals(List.of(b));
                    sgd.apply(isOnlyB ? gradients.subList(1, 2) : gradients.subList(0, weights.size()), weights);
                    seen.add(c.fetch(w.mul(1)));
                    seen.add(c.fetch(b.mul(1)));
                }
            }));
            c.finish();

            assertThat(seen.stream().map(Fetched::number).toList())
                    .containsExactly(
                            0f, 1.5f, // both
                            -0.75f, 1.5f, // both
                            -1.5f, 1.5f, // w alone
                            -1.5f, 2.25f, // b alone
                            -0.75f, 1.125f, // exchanged: each loses half of itself
                            -1.3125f, 1.5f); // both
        });
    }

    /** What a step brings is its own, also where it looks the same: w x + w y at x and y of the step. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void numbersOfTheJvmAreThoseOfTheStep(final Execution execution) {
        Computed.run(execution, c -> {
            Variable w = c.variable("w", new float[] {2}, 1);
            List<Float> seen = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                final int number = i;
                c.step(() -> {
                    try (GradientTape tape = new GradientTape()) {
                        Tensor x = c.machine().tensor(new float[] {number}, 1);
                        Tensor y = c.machine().tensor(new float[] {10 * number}, 1);
                        Tensor loss = w.mul(x).add(w.mul(y)).add(w.mul(100 * number));
                        seen.add(tape.gradient(loss.sum(), w).toFloatArray()[0]);
                    }
                });
            }
            c.finish();

            assertThat(seen).containsExactly(0f, 111f, 222f, 333f);
        });
    }
}
