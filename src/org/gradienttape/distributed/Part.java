package org.gradienttape.distributed;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.gradienttape.tensor.Tensor;

/**
 * Something that workers bring to an exchange in the middle of a step.
 *
 * @param kind what the others get of it
 * @param tensor float32
 */
public record Part(Kind kind, Tensor tensor) {
    /** What becomes of the tensors that the workers bring. */
    public enum Kind {
        /** Means over the workers' samples become the mean over the batch. */
        MEAN,
        /** Rows of the workers' samples become the rows of the batch. */
        ROWS
    }

    public static Part mean(final Tensor tensor) {
        return new Part(Kind.MEAN, tensor);
    }

    public static Part rows(final Tensor tensor) {
        return new Part(Kind.ROWS, tensor);
    }

    /**
     * The part as it is after the exchange.
     *
     * @param shape of the whole batch where it has rows
     * @param size numbers of that shape
     */
    record Whole(Part part, long[] shape, int size) {
        static Whole of(final Part part, final Share share) {
            final long[] shape = part.tensor.shape();
            long size = part.tensor.size();
            if (part.kind == Kind.ROWS) {
                size = size / shape[0] * share.all();
                shape[0] = share.all();
            }
            return new Whole(part, shape, Math.toIntExact(size));
        }

        /** Whether its numbers are wanted in the JVM, too: rows, which metrics take in, and a loss or another single number. */
        boolean isSeen() {
            return part.kind == Kind.ROWS || size == 1;
        }

        /**
         * Puts this worker's part of the sum where it belongs, and zeros where others put theirs.
         *
         * @param own the numbers of the tensor come next
         */
        void put(final FloatBuffer own, final float[] sum, final int to, final Share share) {
            if (part.kind == Kind.ROWS) {
                part.putRows(own, sum, to, size, share);
            } else {
                own.get(sum, to, size);
                weigh(sum, to, to + size, share.weight());
            }
        }
    }

    private void putRows(final FloatBuffer own, final float[] sum, final int to, final int size, final Share share) {
        final int perRow = size / share.all();
        final int counted = share.count() * perRow;
        Arrays.fill(sum, to, to + size, 0);
        own.get(sum, to + share.first() * perRow, counted);
        own.position(own.position() + (int) tensor.size() - counted);
    }

    /** What no sample counts for is 0, whatever it is. */
    private static void weigh(final float[] sum, final int from, final int to, final float weight) {
        if (weight == 0) {
            Arrays.fill(sum, from, to, 0);
            return;
        }
        for (int i = from; i < to; i++) {
            sum[i] *= weight;
        }
    }
}
