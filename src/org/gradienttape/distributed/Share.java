package org.gradienttape.distributed;

import java.util.Arrays;
import org.gradienttape.tensor.Rows;

/**
 * A worker's part of a batch: samples behind one another. Where there are fewer samples than workers, some have none; such a
 * worker computes the first sample once more, and it counts nothing.
 *
 * @param all how many samples the batch has, at least 1
 * @param first the place of its first one
 * @param count how many it has, at least 0
 */
public record Share(int all, int first, int count) {
    /** The part of a worker; parts differ by one sample at most. */
    public static Share of(final int all, final int rank, final int workers) {
        final int each = all / workers;
        final int more = all % workers;
        return new Share(all, rank * each + Math.min(rank, more), each + (rank < more ? 1 : 0));
    }

    /** What is computed here of the batch. */
    public int[] own(final int[] batch) {
        return count == 0 ? Arrays.copyOf(batch, 1) : Arrays.copyOfRange(batch, first, first + count);
    }

    /** The same as rows of tensors. */
    public Rows rows() {
        return count == 0 ? new Rows(all, 0, 1) : new Rows(all, first, count);
    }

    /** How much a mean over these samples counts in the mean over the batch. */
    float weight() {
        return (float) count / all;
    }
}
