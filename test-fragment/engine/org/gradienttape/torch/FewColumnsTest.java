package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A softmax over a few columns is the same, whichever axis libtorch goes along. */
class FewColumnsTest {
    private static final int ROWS = 200;

    /** Three are fewer than any processor computes at once, 17 are more than all do. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 15, 16, 17})
    void areRight(final int columns) {
        final float[] logits = logits(columns);
        final List<String> code = new ArrayList<>();
        final List<float[]> computed = Computed.with(Execution.COMPILED, c -> {
            final Variable v = c.variable("logits", logits, ROWS, columns);
            final List<Fetched> seen = new ArrayList<>();
            c.step(() -> {
                final Tensor logarithms = v.logSoftmax(1);
                List.of(
                                v.softmax(1),
                                logarithms,
                                logarithms.transpose().mul(2),
                                v.add(0).softmax(0))
                        .forEach(tensor -> seen.add(c.fetch(tensor)));
            });
            c.finish();
            code.add(c.code().orElseThrow());
            return seen.stream().map(Fetched::numbers).toList();
        });

        if (columns == 3 && !TestDevice.arrays().isGpu()) {
            assertThat(code.get(0)).contains("torch.log_softmax(torch.t(", "torch.softmax(torch.t(");
        } else if (columns > 16) {
            assertThat(code.get(0)).doesNotContain("softmax(torch.t(");
        }
        for (int row = 0; row < ROWS; row++) {
            final double[] expected = logarithms(logits, row, columns);
            for (int column = 0; column < columns; column++) {
                final double logarithm = expected[column];
                assertSame(computed.get(0)[row * columns + column], Math.exp(logarithm));
                assertSame(computed.get(1)[row * columns + column], logarithm);
                assertSame(computed.get(2)[column * ROWS + row], 2 * logarithm);
            }
        }
    }

    private static void assertSame(final double computed, final double expected) {
        if (Double.isFinite(expected)) {
            assertThat(computed).isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
        } else {
            assertThat(Double.valueOf(computed)).isEqualTo(Double.valueOf(expected));
        }
    }

    /** Ordinary ones, large ones, one that is not a number, and one of probability 0. */
    private static float[] logits(final int columns) {
        final SplittableRandom random = new SplittableRandom(columns);
        final float[] logits = new float[ROWS * columns];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextDouble(-5, 5) * (i / columns % 10 == 3 ? 1e4f : 1);
        }
        logits[7 * columns] = Float.NaN;
        if (columns > 1) {
            logits[9 * columns + 1] = Float.NEGATIVE_INFINITY;
        }
        return logits;
    }

    private static double[] logarithms(final float[] logits, final int row, final int columns) {
        final double[] own = IntStream.range(0, columns)
                .mapToDouble(column -> logits[row * columns + column])
                .toArray();
        double largest = Double.NEGATIVE_INFINITY;
        for (final double logit : own) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (final double logit : own) {
            sum += Math.exp(logit - largest);
        }
        for (int i = 0; i < columns; i++) {
            own[i] = own[i] - largest - Math.log(sum);
        }
        return own;
    }
}
