package org.gradienttape.distributed;

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

    /** The shape that it has after the exchange. */
    long[] shape(final Share share) {
        final long[] shape = tensor.shape();
        if (kind == Kind.ROWS) {
            shape[0] = share.all();
        }
        return shape;
    }

    int size(final Share share) {
        return Math.toIntExact(Arrays.stream(shape(share)).reduce(1, Math::multiplyExact));
    }

    /** Puts this worker's part of the sum where zeros are. */
    void put(final float[] own, final int from, final float[] sum, final int to, final Share share) {
        final int size = (int) tensor.size();
        switch (kind) {
            case MEAN -> {
                final float weight = share.weight();
                for (int i = 0; weight > 0 && i < size; i++) {
                    sum[to + i] = weight * own[from + i];
                }
            }
            case ROWS -> {
                final int perRow = size / share.rows().count();
                System.arraycopy(own, from, sum, to + share.first() * perRow, share.count() * perRow);
            }
        }
    }
}
