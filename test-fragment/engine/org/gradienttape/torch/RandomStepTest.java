package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps that nobody would write come out the same, whether each operation is computed at once or programs are made. */
class RandomStepTest {
    /** Of the largest number of an array, and of 0.1 at least: order of sums, fused operations. */
    private static final double TOLERANCE = 1e-4;

    private static LongStream seeds() {
        return LongStream.range(0, 40).map(number -> 1000 * number);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bothExecutionsGiveTheSameNumbers(final long seed) {
        final List<float[]> eager = RandomStep.run(Execution.EAGER, seed);
        final List<float[]> compiled = RandomStep.run(Execution.COMPILED, seed);

        assertThat(compiled).hasSameSizeAs(eager);
        for (int i = 0; i < eager.size(); i++) {
            assertThat(compiled.get(i)).containsExactly(eager.get(i), within(tolerance(eager.get(i))));
        }
    }

    private static float tolerance(final float... numbers) {
        final double largest = IntStream.range(0, numbers.length)
                .mapToDouble(i -> Math.abs(numbers[i]))
                .max()
                .orElse(0);
        return (float) (TOLERANCE * (0.1 + largest));
    }
}
