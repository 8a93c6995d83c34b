package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.gradienttape.tensor.GradientTape;
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
        final float[] factors = factors(columns);
        final List<String> code = new ArrayList<>();
        final List<float[]> computed = Computed.with(Execution.COMPILED, c -> {
            final Variable v = c.variable("logits", logits, ROWS, columns);
            final Variable w = c.variable("factors", factors, ROWS, columns);
            final List<Fetched> seen = new ArrayList<>();
            c.step(() -> {
                final Tensor logarithms = v.logSoftmax(1);
                List.of(
                                v.softmax(1),
                                logarithms,
                                logarithms.transpose().mul(2),
                                v.add(0).softmax(0),
                                gradient(v, () -> v.softmax(1).mul(w).sum()),
                                gradient(v, () -> v.logSoftmax(1).mul(w).sum()))
                        .forEach(tensor -> seen.add(c.fetch(tensor)));
            });
            c.finish();
            code.add(c.code().orElseThrow());
            return seen.stream().map(Fetched::numbers).toList();
        });

        if (columns == 3 && !TestDevice.arrays().isGpu()) {
            assertThat(code.get(0)).contains("torch.softmax(permute, 0)", "torch.log_softmax(permute, 0)");
        } else if (columns > 16) {
            assertThat(code.get(0)).contains("torch.softmax(logits, 1)", "torch.log_softmax(logits, 1)");
        }
        for (int row = 0; row < ROWS; row++) {
            final double[] expected = logarithms(logits, row, columns);
            double mean = 0;
            double sum = 0;
            for (int column = 0; column < columns; column++) {
                mean += Math.exp(expected[column]) * factors[row * columns + column];
                sum += factors[row * columns + column];
            }
            for (int column = 0; column < columns; column++) {
                final double logarithm = expected[column];
                assertSame(computed.get(0)[row * columns + column], Math.exp(logarithm));
                assertSame(computed.get(1)[row * columns + column], logarithm);
                assertSame(computed.get(2)[column * ROWS + row], 2 * logarithm);
                final double factor = factors[row * columns + column];
                assertSame(computed.get(4)[row * columns + column], Math.exp(logarithm) * (factor - mean));
                assertSame(computed.get(5)[row * columns + column], factor - Math.exp(logarithm) * sum);
            }
        }
    }

    private static Tensor gradient(final Variable by, final Supplier<Tensor> loss) {
        try (GradientTape tape = new GradientTape()) {
            return tape.gradient(loss.get(), by);
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

    private static float[] factors(final int columns) {
        final SplittableRandom random = new SplittableRandom(-columns);
        final float[] factors = new float[ROWS * columns];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = (float) random.nextDouble(-1, 1);
        }
        return factors;
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
