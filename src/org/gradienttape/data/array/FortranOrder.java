package org.gradienttape.data.array;

import java.util.List;

/**
 * Goes through an array whose first index is the fastest, as Fortran stores it, and tells where each element stands when the
 * last index is the fastest.
 */
final class FortranOrder {
    private final int[] sizes;
    private final int[] steps;
    private final int[] index;
    private int place;

    FortranOrder(final List<Integer> dimensions) {
        sizes = dimensions.stream().mapToInt(Integer::intValue).toArray();
        steps = new int[sizes.length];
        index = new int[sizes.length];
        int step = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            steps[i] = step;
            step *= sizes[i];
        }
    }

    /** The place of the next element, from 0. */
    int next() {
        final int now = place;
        int i = 0;
        while (i < sizes.length && index[i] == sizes[i] - 1) {
            place -= index[i] * steps[i];
            index[i++] = 0;
        }
        if (i < sizes.length) {
            index[i]++;
            place += steps[i];
        }
        return now;
    }
}
