package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradients by tensors in the middle of a step take the ways to the loss that lead through them, and no others. */
class GradientSourcesTest {
    private static final GradientTape TAPE = new GradientTape();

    /** What a step that reads the variable [2, 3] computes. */
    private static List<float[]> numbers(
            final Execution execution, final BiFunction<Machine, Variable, List<Tensor>> step) {
        return Computed.with(execution, c -> {
            Variable v = c.variable("v", new float[] {2, 3}, 2);
            List<Fetched> seen = new ArrayList<>();
            c.step(() -> step.apply(c.machine(), v).forEach(tensor -> seen.add(c.fetch(tensor))));
            c.finish();
            return seen.stream().map(Fetched::numbers).toList();
        });
    }

    /** {@code tf.GradientTape} and {@code torch.autograd.grad} find no way from one square to the other. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatIsEqualIsAnotherSource(final Execution execution) {
        List<float[]> gradients = numbers(execution, (machine, v) -> {
            Tensor one = v.square();
            Tensor other = v.square();
            return List.of(
                    TAPE.gradient(one.mul(3), one),
                    TAPE.gradient(one.mul(3), other),
                    TAPE.gradient(one.mul(other), other));
        });

        assertThat(gradients.get(0)).containsExactly(3, 3);
        assertThat(gradients.get(1)).containsExactly(0, 0);
        assertThat(gradients.get(2)).containsExactly(4, 9);
    }

    /** Where a person adds nothing, or multiplies by 1, to have a tensor that its gradient is taken by. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void copiesThatHaveASimplerFormAreSources(final Execution execution) {
        List<float[]> gradients = numbers(execution, (machine, v) -> {
            Tensor copy = v.mul(1);
            Tensor turned = v.mul(2);
            Tensor detached = v.detach();
            return List.of(
                    TAPE.gradient(copy.mul(5).add(v.mul(7)), copy),
                    TAPE.gradient(turned.mul(5), turned),
                    TAPE.gradient(detached.square().add(v.detach()), detached));
        });

        assertThat(gradients.get(0)).containsExactly(5, 5);
        assertThat(gradients.get(1)).containsExactly(5, 5);
        assertThat(gradients.get(2)).containsExactly(4, 6);
    }

    /** An attack on a network begins with a change of 0, by which the gradient is taken. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void zerosAreSources(final Execution execution) {
        List<float[]> gradients = numbers(execution, (machine, v) -> {
            Tensor change = machine.full(0, 2);
            Tensor loss = v.add(change).square();
            Tensor none = TAPE.gradient(v.sum(), change);
            return List.of(
                    TAPE.gradient(loss, change),
                    TAPE.gradient(none.square().mul(6).add(none), none));
        });

        assertThat(gradients.get(0)).containsExactly(4, 6);
        assertThat(gradients.get(1)).containsExactly(1, 1);
    }

    /** {@code torch.autograd.grad} and TensorFlow's tape give one tensor for both names, and another one at each call. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatIsNamedTwiceHasOneGradient(final Execution execution) {
        List<float[]> gradients = numbers(execution, (machine, v) -> {
            Tensor square = v.square();
            Tensor loss = square.mul(square);
            List<Tensor> twice = TAPE.gradient(loss, List.of(square, v, square, v));
            Tensor again = TAPE.gradient(loss, square);
            return List.of(
                    TAPE.gradient(twice.get(0).mul(3), twice.get(2)),
                    TAPE.gradient(twice.get(1).mul(3), twice.get(3)),
                    TAPE.gradient(twice.get(0).mul(3), again));
        });

        assertThat(gradients.get(0)).containsExactly(3, 3);
        assertThat(gradients.get(1)).containsExactly(3, 3);
        assertThat(gradients.get(2)).containsExactly(0, 0);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void anAssignedVariableThatIsNamedTwiceHasOneGradient(final Execution execution) {
        List<float[]> gradients = numbers(execution, (machine, v) -> {
            Tensor before = v.square();
            v.assign(v.mul(5));
            List<Tensor> twice = TAPE.gradient(before.add(v.square()), List.of(v, v));
            return List.of(twice.get(0), TAPE.gradient(twice.get(1).mul(3), twice.get(0)));
        });

        assertThat(gradients.get(0)).containsExactly(2 * 2 + 2 * 10, 2 * 3 + 2 * 15);
        assertThat(gradients.get(1)).containsExactly(3, 3);
    }

    /** Where it lies on the way to another, the other one's gradient by it is the derivative between them: both libraries. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void aGradientOnTheWayToAnotherIsASource(final Execution execution) {
        List<float[]> gradients = numbers(execution, (machine, v) -> {
            Tensor y = v.square();
            List<Tensor> both = TAPE.gradient(y.square(), List.of(v, y));
            return List.of(TAPE.gradient(both.get(0), both.get(1)), TAPE.gradient(both.get(1), both.get(0)));
        });

        assertThat(gradients.get(0)).containsExactly(2 * 2, 2 * 3);
        assertThat(gradients.get(1)).containsExactly(0, 0);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void equalGradientsOfTwoSourcesAreTwo(final Execution execution) {
        List<float[]> gradients = numbers(execution, (machine, v) -> {
            Tensor a = v.mul(1);
            Tensor b = v.mul(1);
            List<Tensor> both = TAPE.gradient(a.add(b).square(), List.of(a, b));
            List<Tensor> none = TAPE.gradient(v, List.of(a, b));
            return List.of(
                    TAPE.gradient(both.get(0), both.get(1)),
                    TAPE.gradient(both.get(0).mul(both.get(1)), both.get(1)),
                    TAPE.gradient(none.get(0), none.get(1)));
        });

        assertThat(gradients.get(0)).containsExactly(0, 0);
        assertThat(gradients.get(1)).containsExactly(8, 12);
        assertThat(gradients.get(2)).containsExactly(0, 0);
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

    /** The array of changed numbers is closed only when the step has run. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void stepsThatWaitKeepTheNumbersThatWereChanged(final Execution execution) {
        Computed.with(execution, c -> {
            Variable sum = c.variable("sum", new float[2], 2);
            List<Fetched> seen = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                float number = i;
                c.step(() -> {
                    Machine machine = c.machine();
                    List<Machine.Placed> placed = List.of(new Machine.Placed(machine.full(number, 2), 0));
                    sum.assignAdd(machine.changed(placed, 2, numbers -> numbers.put(1, 10 * numbers.get(1)))
                            .get(0));
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
