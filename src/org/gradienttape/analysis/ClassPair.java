package org.gradienttape.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One cell of a confusion matrix that is not 0.
 *
 * @param label place of the true class
 * @param predicted place of the predicted class
 * @param samples how many were predicted so, at least 1
 */
public record ClassPair(int label, int predicted, long samples) {
    /**
     * The classes that a matrix of limited size should show: all, or those with the most mistakes, as true or as predicted
     * class.
     *
     * @param classes how many there are
     * @param most how many are returned at most
     * @return their places, rising
     */
    public static List<Integer> mostConfused(final List<ClassPair> pairs, final int classes, final int most) {
        final long[] mistakes = new long[classes];
        for (final ClassPair pair : pairs) {
            if (pair.label() != pair.predicted()) {
                mistakes[pair.label()] += pair.samples();
                mistakes[pair.predicted()] += pair.samples();
            }
        }
        final Integer[] places = IntStream.range(0, classes).boxed().toArray(Integer[]::new);
        Arrays.sort(places, (a, b) -> Long.compare(mistakes[b], mistakes[a]));
        return Arrays.stream(places).limit(most).sorted().toList();
    }
}
