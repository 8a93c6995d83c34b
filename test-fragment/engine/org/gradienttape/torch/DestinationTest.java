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

/** Results that are written at once where they would be copied to are the same numbers, and nothing else is written over. */
class DestinationTest {
    private static final int MANY = 1 << 13;

    /** What a step computes of the variable [3, 2] of 1 to 6. */
    private static List<float[]> numbers(
            final Execution execution, final BiFunction<Machine, Variable, List<Tensor>> step) {
        return computed(execution, new float[] {1, 2, 3, 4, 5, 6}, step, 3, 2);
    }

    private static List<float[]> computed(
            final Execution execution,
            final float[] values,
            final BiFunction<Machine, Variable, List<Tensor>> step,
            final long... shape) {
        return Computed.with(execution, c -> {
            Variable v = c.variable("v", values, shape);
            List<Fetched> seen = new ArrayList<>();
            c.step(() -> step.apply(c.machine(), v).forEach(tensor -> seen.add(c.fetch(tensor))));
            c.finish();
            return seen.stream().map(Fetched::numbers).toList();
        });
    }

    /** The sums of all rows up to each one. */
    private static Tensor sums(final Machine machine, final Tensor rows, final Tensor start) {
        return machine.scan(
                        false,
                        List.of(rows),
                        List.of(start),
                        (states, elements) -> List.of(elements.get(0).add(states.get(0))))
                .all(0);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatALoopGoesAlongIsThereForThoseWhoReadItAgain(final Execution execution) {
        List<float[]> results = numbers(execution, (machine, v) -> {
            Tensor rows = v.mul(2);
            Tensor zeros = machine.full(0, 2);
            return List.of(sums(machine, rows, zeros), sums(machine, rows, zeros.add(1)), rows, v.add(0));
        });

        assertThat(results.get(0)).containsExactly(2, 4, 8, 12, 18, 24);
        assertThat(results.get(1)).containsExactly(3, 5, 9, 13, 19, 25);
        assertThat(results.get(2)).containsExactly(2, 4, 6, 8, 10, 12);
        assertThat(results.get(3)).containsExactly(1, 2, 3, 4, 5, 6);
    }

    /** The second row of the sequence is there in all steps, and the loop begins with its last one. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatALoopGoesAlongIsThereForItsOtherSteps(final Execution execution) {
        List<float[]> results = numbers(execution, (machine, v) -> {
            Tensor rows = v.mul(2);
            Tensor second = rows.slice(0, 1, 2).reshape(2);
            Tensor whole = machine.scan(
                            false,
                            List.of(rows),
                            List.of(machine.full(0, 2)),
                            (states, elements) -> List.of(elements.get(0)
                                    .add(states.get(0))
                                    .add(rows.sum(0).mul(states.get(0)))))
                    .all(0);
            Tensor part = machine.scan(
                            false,
                            List.of(v.mul(3)),
                            List.of(machine.full(0, 2)),
                            (states, elements) -> List.of(elements.get(0).add(second)))
                    .all(0);
            Tensor others = v.mul(5);
            return List.of(
                    whole, part, sums(machine, others, others.slice(0, 2, 3).reshape(2)));
        });

        assertThat(results.get(0)).containsExactly(2, 4, 44, 108, 846, 2712);
        assertThat(results.get(1)).containsExactly(9, 14, 15, 20, 21, 26);
        assertThat(results.get(2)).containsExactly(30, 40, 45, 60, 70, 90);
    }

    /** The gradient of the sum of all sums by a row is how many sums it is part of. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void gradientsOfLoopsAreKeptWhereTheyBelong(final Execution execution) {
        List<float[]> results = numbers(execution, (machine, v) -> {
            Tensor squares = machine.scan(false, List.of(v.mul(2)), List.of(machine.full(0, 2)), (states, elements) -> {
                        Tensor square = elements.get(0).mul(elements.get(0));
                        return List.of(square.add(states.get(0)));
                    })
                    .all(0);
            return List.of(squares, new GradientTape().gradient(squares.sum(), v));
        });

        assertThat(results.get(0)).containsExactly(4, 16, 40, 80, 140, 224);
        assertThat(results.get(1)).containsExactly(24, 48, 48, 64, 40, 48);
    }

    private static float[] thirds() {
        float[] values = new float[MANY];
        for (int i = 0; i < MANY; i++) {
            values[i] = i % 3;
        }
        return values;
    }

    /** Large parts lie where they belong, small ones are copied, and what is used elsewhere is there as well. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void partsOfSeveralSizesAreJoined(final Execution execution) {
        List<float[]> results = computed(
                execution,
                thirds(),
                (machine, v) -> {
                    Tensor both = v.add(v);
                    Tensor joined = machine.concat(
                            0,
                            v.slice(0, 1, 3),
                            machine.full(7, 1),
                            v.mul(v).reshape(64, MANY / 64).reshape(MANY),
                            both,
                            v.sub(machine.full(1, MANY)),
                            v.slice(0, 5, 6));
                    return List.of(joined, both, joined.mul(2));
                },
                MANY);

        float[] joined = results.get(0);
        assertThat(joined)
                .hasSize(3 * MANY + 4)
                .startsWith(1, 2, 7, 0, 1, 4, 0, 1, 4)
                .endsWith(0, 2);
        for (int i = 0; i < MANY; i++) {
            int third = i % 3;
            assertThat(joined[3 + i]).isEqualTo(third * third);
            assertThat(joined[3 + MANY + i]).isEqualTo(2 * third);
            assertThat(results.get(1)[i]).isEqualTo(2 * third);
            assertThat(joined[3 + 2 * MANY + i]).isEqualTo(third - 1);
        }
        for (int i = 0; i < joined.length; i++) {
            assertThat(results.get(2)[i]).isEqualTo(2 * joined[i]);
        }
    }

    /** Side by side, in a loop that keeps them, and one of another one. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void partsAreJoinedInLoops(final Execution execution) {
        List<float[]> results = computed(
                execution,
                thirds(),
                (machine, v) -> {
                    Tensor before = v.mul(v).reshape(64, MANY / 64);
                    Tensor joined = machine.scan(
                                    false,
                                    List.of(machine.concat(0, v, v.neg()).reshape(2, 64, MANY / 64)),
                                    List.of(machine.full(0, 64, MANY / 32)),
                                    (states, elements) -> {
                                        Tensor x = elements.get(0);
                                        return List.of(machine.concat(1, x.mul(before), machine.concat(1, x.neg())));
                                    })
                            .all(0);
                    return List.of(joined, before);
                },
                MANY);

        int columns = MANY / 64;
        for (int i = 0; i < MANY; i++) {
            int third = i % 3;
            int place = i / columns * 2 * columns + i % columns;
            assertThat(results.get(0)[place]).isEqualTo(third * third * third);
            assertThat(results.get(0)[place + columns]).isEqualTo(-third);
            assertThat(results.get(0)[2 * MANY + place]).isEqualTo(-third * third * third);
            assertThat(results.get(0)[2 * MANY + place + columns]).isEqualTo(third);
            assertThat(results.get(1)[i]).isEqualTo(third * third);
        }
    }
}
