package org.gradienttape.graph;

import java.util.Arrays;
import org.gradienttape.tensor.Convolution;
import org.gradienttape.tensor.Tensor;

/** How libtorch gets convolutions. It follows from the machine alone, so that the same run always has the same bits. */
public enum Convolutions {
    /** As they are. */
    PLAIN,
    /**
     * With zeros for further channels, where oneDNN makes mistakes in blocks of channels that are not whole: see decision 37.
     */
    FILLED;

    /** Of channels that are few: to multiply the zeros beside them would take longer than to do without oneDNN. */
    private static final long FEW = 4;
    /** Of unfolded images, in numbers: memory for more is asked for anew in each call, which takes longer than to convolve. */
    private static final long MOST_UNFOLDED = 1 << 22;

    /** Of oneDNN's blocks of channels, the largest. */
    private static final long BLOCK = 16;

    /**
     * What is added to a convolution.
     *
     * @param filters of all groups
     * @param channels of a group
     */
    public Filling filling(final long filters, final long channels, final long groups) {
        if (this == PLAIN) {
            return new Filling(filters, channels, groups, 0, 0, false);
        }
        return groups == 1
                ? new Filling(filters, channels, 1, missing(filters), missing(channels), false)
                : new Filling(filters, channels, groups, 0, channels <= BLOCK ? 0 : missing(channels), true);
    }

    /**
     * Whether libtorch does it itself: as a product of the kernel with the images' windows.
     *
     * @param kernel [filters, channels, height, width]
     * @param result convolved images, [batch, filters, height, width]
     * @param geometry of the convolution
     */
    boolean areUnfolded(final Tensor kernel, final Tensor result, final long[] geometry) {
        return this == FILLED
                && kernel.size(1) <= FEW
                && Arrays.stream(geometry, 4, Convolution.GEOMETRY).allMatch(one -> one == 1)
                && result.size() / result.size(1) * kernel.size() / kernel.size(0) <= MOST_UNFOLDED;
    }

    /** Up to one block, or an even number of blocks; with an odd one, the gradient by images is wrong at strides above 1. */
    private static long missing(final long channels) {
        return channels <= BLOCK ? BLOCK - channels : Math.floorMod(-channels, 2 * BLOCK);
    }
}
