package org.gradienttape.graph;

/** How libtorch gets convolutions. It follows from the machine alone, so that the same run always has the same bits. */
public enum Convolutions {
    /** As they are. */
    PLAIN,
    /**
     * With zeros for further channels, where oneDNN makes mistakes in blocks of channels that are not whole: see decision 37.
     */
    FILLED;

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

    /** Up to one block, or an even number of blocks; with an odd one, the gradient by images is wrong at strides above 1. */
    private static long missing(final long channels) {
        return channels <= BLOCK ? BLOCK - channels : Math.floorMod(-channels, 2 * BLOCK);
    }
}
