package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradients by tensors in the middle of a step take the ways to the loss that lead through them, and no others. */
class GradientSourcesTest {
    private static final GradientTape TAPE = new GradientTape();

    /** {@code tf.GradientTape} and {@code torch.autograd.grad} find no way from one square to the other. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatIsEqualIsAnotherSource(final Execution execution) {
        Computed.with(execution, c -> {
            Variable v = c.variable("v", new float[] {2, 3}, 2);
            List<Fetched> seen = new ArrayList<>();
            c.step(() -> {
                Tensor one = v.square();
                Tensor other = v.square();
                seen.add(c.fetch(TAPE.gradient(one.mul(3), one)));
                seen.add(c.fetch(TAPE.gradient(one.mul(3), other)));
                seen.add(c.fetch(TAPE.gradient(one.mul(other), other)));
            });
            c.finish();

            assertThat(seen.get(0).numbers()).containsExactly(3, 3);
            assertThat(seen.get(1).numbers()).containsExactly(0, 0);
            assertThat(seen.get(2).numbers()).containsExactly(4, 9);
            return c;
        });
    }

    /** Where a person adds nothing, or multiplies by 1, to have a tensor that its gradient is taken by. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void copiesThatHaveASimplerFormAreSources(final Execution execution) {
        Computed.with(execution, c -> {
            Variable v = c.variable("v", new float[] {2, 3}, 2);
            List<Fetched> seen = new ArrayList<>();
            c.step(() -> {
                Tensor copy = v.mul(1);
                Tensor turned = v.mul(2);
                Tensor detached = v.detach();
                seen.add(c.fetch(TAPE.gradient(copy.mul(5).add(v.mul(7)), copy)));
                seen.add(c.fetch(TAPE.gradient(turned.mul(5), turned)));
                seen.add(c.fetch(TAPE.gradient(detached.square().add(v.detach()), detached)));
            });
            c.finish();

            assertThat(seen.get(0).numbers()).containsExactly(5, 5);
            assertThat(seen.get(1).numbers()).containsExactly(5, 5);
            assertThat(seen.get(2).numbers()).containsExactly(4, 6);
            return c;
        });
    }

    /** An attack on a network begins with a change of 0, by which the gradient is taken. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void zerosAreSources(final Execution execution) {
        Computed.with(execution, c -> {
            Variable v = c.variable("v", new float[] {2, 3}, 2);
            List<Fetched> seen = new ArrayList<>();
            c.step(() -> {
                Tensor change = c.machine().full(0, 2);
                Tensor loss = v.add(change).square();
                Tensor none = TAPE.gradient(v.sum(), change);
                seen.add(c.fetch(TAPE.gradient(loss, change)));
                seen.add(c.fetch(TAPE.gradient(none.square().mul(6).add(none), none)));
            });
            c.finish();

            assertThat(seen.get(0).numbers()).containsExactly(4, 6);
            assertThat(seen.get(1).numbers()).containsExactly(1, 1);
            return c;
        });
    }

    /** Each step has another form, so that no program would be used again. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void gradientsOfGradientsAreThereInStepsThatAlwaysDiffer(final Execution execution) {
        Computed.with(execution, c -> {
            Variable v = c.variable("v", new float[] {2}, 1);
            List<Double> seen = new ArrayList<>();
            for (int i = 1; i <= 24; i++) {
                int times = i;
                c.step(() -> {
                    Tensor y = v;
                    for (int n = 0; n < times; n++) {
                        y = y.mul(v);
                    }
                    Tensor first = TAPE.gradient(y.mul(0.5), v);
                    seen.add(TAPE.gradient(first.square(), v).item() / first.item());
                });
            }

            for (int power = 2; power <= 25; power++) { // twice 0.5 n (n - 1) 2^(n - 2)
                assertThat(seen.get(power - 2)).isEqualTo(power * (power - 1) * Math.pow(2, power - 2));
            }
            return c;
        });
    }

    /** The array for many numbers is the same in each step. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void stepsThatWaitKeepTheNumbersThatTheyBrought(final Execution execution) {
        Computed.with(execution, c -> {
            Variable sum = c.variable("sum", new float[2], 2);
            List<Fetched> seen = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                float number = i;
                c.step(() -> {
                    Machine machine = c.machine();
                    sum.assignAdd(machine.many(new float[] {number, 10 * number}));
                    seen.add(c.fetch(sum));
                });
            }
            c.finish();

            assertThat(seen.get(1).numbers()).containsExactly(3, 30);
            assertThat(c.read(sum)).containsExactly(15, 150);
            return c;
        });
    }
}
