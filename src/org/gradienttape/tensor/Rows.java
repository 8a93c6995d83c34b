package org.gradienttape.tensor;

/**
 * Which rows of a batch are computed here, where several workers compute one batch together.
 *
 * @param all how many rows the whole batch has
 * @param first the first one that is computed here
 * @param count how many are computed here, at least 1
 */
public record Rows(int all, int first, int count) {
    /** Whether numbers of this shape have one row for each sample that is computed here, or several blocks of such rows. */
    public boolean areIn(final long[] shape) {
        return shape.length > 0 && shape[0] > 0 && shape[0] % count == 0;
    }
}
