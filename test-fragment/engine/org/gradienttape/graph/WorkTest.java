package org.gradienttape.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.gradienttape.tensor.Convolution;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Sizes decide alone. Where two threads were measured to take less time than one, they are taken from twice that size on. */
class WorkTest {
    private final Trace trace = Trace.ofOperations();

    private Tensor tensor(final long... shape) {
        return trace.resident(new Object(), NumberType.FLOAT32, shape);
    }

    private static int threads(final Tensor tensor) {
        return Work.of(tensor).threads(4);
    }

    @Test
    void smallProductsAreNotDivided() {
        assertThat(threads(tensor(64, 784).matmul(tensor(784, 64)))).isEqualTo(1);
        assertThat(threads(tensor(64, 784).matmul(tensor(784, 256)))).isEqualTo(1);
    }

    @Test
    void largerProductsAreDividedAmongMoreThreads() {
        assertThat(threads(tensor(256, 512).matmul(tensor(512, 128)))).isEqualTo(2);
        assertThat(threads(tensor(256, 784).matmul(tensor(784, 1024)))).isEqualTo(4);
        assertThat(threads(tensor(8, 128, 64).matmul(tensor(8, 64, 256)))).isEqualTo(2);
    }

    @Test
    void moreThreadsThanAllowedAreNeverTaken() {
        final Tensor large = tensor(256, 784).matmul(tensor(784, 1024));

        assertThat(Work.of(large).threads(1)).isEqualTo(1);
        assertThat(Work.of(large).threads(2)).isEqualTo(2);
    }

    @Test
    void aConvolutionCountsTheSameForwardsAndBackwards() {
        final long[] stride2 = {2, 2, 1, 1};
        final Tensor filtered = tensor(64, 64, 14, 14).convolve(tensor(128, 64, 4, 4), stride2);
        final Tensor images = filtered.convolveImages(tensor(128, 64, 4, 4), stride2, 14, 14);
        final List<Tensor> gradients = Graph.of(differentiated()).needed().stream()
                .filter(tensor -> tensor.operation() == Convolution.CONVOLVE_KERNEL)
                .toList();

        // 64 x 128 x 7 x 7 sums of 64 x 4 x 4 products: 12.3 ms
        assertThat(Work.of(filtered).threads(1000)).isEqualTo(123);
        assertThat(Work.of(images)).isEqualTo(Work.of(filtered));
        assertThat(Work.of(gradients)).isEqualTo(Work.of(filtered));
    }

    /** The same convolution and its gradient by the kernel. */
    private static Trace differentiated() {
        final Trace step = Trace.ofOperations();
        final Tensor kernel = step.resident(new Object(), NumberType.FLOAT32, 128, 64, 4, 4);
        final Tensor loss = step.resident(new Object(), NumberType.FLOAT32, 64, 64, 14, 14)
                .convolve(kernel, 2, 2, 1, 1)
                .sum();
        step.output(new GradientTape().gradient(loss, kernel));
        return step;
    }

    @Test
    void aSmallConvolutionIsNotDivided() {
        assertThat(threads(tensor(8, 1, 28, 28).convolve(tensor(8, 1, 3, 3), 1, 1, 1, 1)))
                .isEqualTo(1);
    }

    @Test
    void numbersAreDividedWhereTheyAreMillions() {
        assertThat(threads(tensor(1_000_000).tanh())).isEqualTo(1);
        assertThat(threads(tensor(2_000_000).tanh())).isEqualTo(3);
        assertThat(threads(tensor(2_000_000).sum())).isEqualTo(3);
    }

    @Test
    void whatIsNotComputedDoesNotCount() {
        final Tensor large = tensor(4000, 1000);

        assertThat(Work.of(List.of(large, large.transpose(), large.reshape(1000, 4000))))
                .isEqualTo(new Work(0, 0));
        assertThat(new Work(0, 0).threads(8)).isEqualTo(1);
    }

    /** A few rows of many are taken: the many do not count. */
    @Test
    void rowsThatAreTakenCountAlone() {
        final Tensor rows = trace.resident(new Object(), NumberType.INT64, 64);

        assertThat(threads(tensor(60_000, 784).take(rows, 0))).isEqualTo(1);
    }

    /** Every small operation would wait for the threads that the large one has use for. */
    @Test
    void aLargeOperationAmongManySmallOnesIsNotDivided() {
        final Tensor large = tensor(256, 784).matmul(tensor(784, 256));
        final List<Tensor> small = IntStream.range(0, 20)
                .mapToObj(i -> tensor(64, 64).matmul(tensor(64, 64)))
                .toList();

        assertThat(Work.of(List.of(large)).threads(2)).isEqualTo(2);
        assertThat(Work.of(IntStream.range(0, 21)
                                .mapToObj(i -> i == 0 ? large : small.get(i - 1))
                                .toList())
                        .threads(2))
                .isEqualTo(1);
    }
}
