package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.api.Test;

/** Square roots to which a number is added, as in the rule of Nadam, are computed in another way; all others are exact. */
class RootInSumTest {
    private static final float[] SQUARES = {0, 1e-30f, 1e-7f, 1, 2, 49, 1e30f, Float.POSITIVE_INFINITY, Float.NaN, -1};

    /** What was computed, and the program. */
    private record Result(float[] numbers, String code) {}

    private static Result of(final UnaryOperator<Tensor> step) {
        return Computed.with(Execution.COMPILED, c -> {
            final Variable squares = c.variable("squares", SQUARES, SQUARES.length);
            final List<Fetched> seen = new ArrayList<>();
            c.step(() -> seen.add(c.fetch(step.apply(squares))));
            c.finish();
            return new Result(seen.get(0).numbers(), c.code().orElseThrow());
        });
    }

    @Test
    void areRightToTheLastBits() {
        for (final double number : new double[] {1e-7, 1e-3, 1}) {
            final Result sums = of(squares -> squares.sqrt().add(number));

            assertThat(sums.code()).contains("rsqrt").doesNotContain("torch.sqrt");
            for (int i = 0; i < SQUARES.length; i++) {
                final double expected = Math.sqrt(SQUARES[i]) + (float) number;
                if (Double.isFinite(expected)) {
                    assertThat((double) sums.numbers()[i]).isCloseTo(expected, withinPercentage(3e-5));
                } else {
                    assertThat(Double.valueOf(sums.numbers()[i])).isEqualTo(Double.valueOf(expected));
                }
            }
        }
    }

    /** What the root was made of is not needed again, so it is written over. */
    @Test
    void mayLieWhereTheSquaresWere() {
        final Result sums = of(squares -> squares.mul(2).sqrt().add(1));

        assertThat(sums.code()).contains("rsqrt_");
        assertThat(sums.numbers()[4]).isEqualTo(3);
    }

    @Test
    void areExactIfTheyAreNeededForSomethingElse() {
        assertThat(of(Tensor::sqrt).code()).doesNotContain("rsqrt");
        final Result twice = of(squares -> {
            final Tensor root = squares.sqrt();
            return root.add(1).mul(root);
        });

        assertThat(twice.code()).doesNotContain("rsqrt");
        assertThat(twice.numbers()[5]).isEqualTo(56);
    }
}
