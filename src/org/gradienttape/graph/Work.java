package org.gradienttape.graph;

import java.util.Collection;
import org.gradienttape.tensor.Convolution;
import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Product;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;

/**
 * How much there is to divide among threads. It follows from sizes alone and not from time, so that the same run always
 * chooses the same number of threads, on which the last digits of its numbers depend.
 *
 * @param nanoseconds about what one thread of a fast processor takes for the operations that the engine would divide
 * @param operations how many those are
 */
public record Work(double nanoseconds, int operations) {
    /** The engine computes up to so many numbers on one thread, whatever it is told. */
    private static final long UNDIVIDED = 1 << 15;

    private static final double PER_NUMBER = 0.15;
    private static final double PER_PRODUCT = 0.015;
    private static final double PER_CONVOLVED_PRODUCT = 0.03;

    /** To wake a thread and to wait for it takes up to 40 microseconds in each operation; it has to do more than that. */
    private static final double WORTH_A_THREAD = 100_000;

    /** Of operations that are computed one after another. */
    public static Work of(final Collection<Tensor> tensors) {
        double nanoseconds = 0;
        int operations = 0;
        for (final Tensor tensor : tensors) {
            final double one = nanoseconds(tensor);
            nanoseconds += one;
            operations += one > 0 ? 1 : 0;
        }
        return new Work(nanoseconds, operations);
    }

    /** Of one operation. */
    public static Work of(final Tensor tensor) {
        final double nanoseconds = nanoseconds(tensor);
        return new Work(nanoseconds, nanoseconds > 0 ? 1 : 0);
    }

    /**
     * Among how many threads the operations are to be divided: so many that each has enough to do in the average one.
     *
     * @param allowed at least 1
     */
    public int threads(final int allowed) {
        return operations == 0 ? 1 : (int) Math.max(1, Math.min(allowed, nanoseconds / operations / WORTH_A_THREAD));
    }

    private static double nanoseconds(final Tensor tensor) {
        if (tensor.operation() instanceof Source || Liveness.isView(tensor)) {
            return 0;
        }
        if (tensor.operation() == Product.MATMUL) {
            return PER_PRODUCT * tensor.size() * tensor.input(0).size(-1);
        }
        if (tensor.operation() instanceof Convolution convolution) {
            return switch (convolution) {
                case CONVOLVE -> convolved(tensor, tensor.input(1));
                case CONVOLVE_IMAGES -> convolved(tensor.input(0), tensor.input(1));
                case CONVOLVE_KERNEL -> convolved(tensor.input(1), tensor);
                case WINDOWS, ADD_WINDOWS ->
                    ofNumbers(Math.max(tensor.size(), tensor.input(0).size()));
            };
        }
        return ofNumbers(
                tensor.operation() == Form.TAKE
                        ? tensor.size()
                        : Math.max(tensor.size(), tensor.input(0).size()));
    }

    /** Each number of the filtered images is a sum over a window of all channels. */
    private static double convolved(final Tensor filtered, final Tensor kernel) {
        return PER_CONVOLVED_PRODUCT * filtered.size() * kernel.size() / kernel.size(0);
    }

    private static double ofNumbers(final long numbers) {
        return numbers > UNDIVIDED ? PER_NUMBER * numbers : 0;
    }
}
