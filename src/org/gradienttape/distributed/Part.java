package org.gradienttape.distributed;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gradienttape.tensor.Machine;
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
        /** The same, of means that are {@link Workers#weighted} already. */
        WEIGHTED_MEAN,
        /** Rows of the workers' samples become the rows of the batch. */
        ROWS
    }

    public static Part mean(final Tensor tensor) {
        return new Part(Kind.MEAN, tensor);
    }

    public static Part weightedMean(final Tensor tensor) {
        return new Part(Kind.WEIGHTED_MEAN, tensor);
    }

    public static Part rows(final Tensor tensor) {
        return new Part(Kind.ROWS, tensor);
    }

    /**
     * The part as it lies among the summed numbers.
     *
     * @param place among the parts
     * @param shape of the whole batch where it has rows
     * @param begin of its numbers
     * @param end of its numbers
     */
    record Whole(Part part, int place, long[] shape, int begin, int end) {
        /**
         * All parts, in the order of their numbers: first those that nobody sees, large ones before small ones, so that those
         * lie where the engine is fast and these are copied at once.
         */
        static List<Whole> of(final List<Part> parts, final Share share) {
            final List<Integer> order = new ArrayList<>();
            for (int place = 0; place < parts.size(); place++) {
                order.add(place);
            }
            order.sort(Comparator.comparingLong(place -> parts.get(place).order()));
            final List<Whole> wholes = new ArrayList<>();
            int begin = 0;
            for (final int place : order) {
                final long[] shape = parts.get(place).shape(share);
                final int end = Math.addExact(begin, count(shape));
                wholes.add(new Whole(parts.get(place), place, shape, begin, end));
                begin = end;
            }
            return wholes;
        }

        /** How many numbers they have together. */
        static int endOf(final List<Whole> wholes) {
            return wholes.isEmpty() ? 0 : wholes.get(wholes.size() - 1).end;
        }

        private static int count(final long[] shape) {
            long count = 1;
            for (final long size : shape) {
                count = Math.multiplyExact(count, size);
            }
            return Math.toIntExact(count);
        }

        boolean isSeen() {
            return part.isSeen();
        }

        /** This worker's numbers, first among those of the whole. */
        Machine.Placed own() {
            return new Machine.Placed(part.tensor, begin);
        }

        /**
         * Makes this worker's numbers its part of the sum: its rows in their place, means as they count over the batch, zeros
         * where it has none.
         */
        void prepare(final FloatBuffer numbers, final Share share, final Piecewise piecewise) {
            if (part.kind == Kind.ROWS) {
                prepareRows(numbers, share);
            } else if (share.count() == 0) { // what no sample counts for is 0, whatever it is
                numbers.put(begin, new float[end - begin]);
            } else if (part.kind == Kind.MEAN && share.weight() != 1) {
                piecewise.scale(numbers, begin, end - begin, share.weight());
            }
        }

        private void prepareRows(final FloatBuffer numbers, final Share share) {
            if (share.count() < share.all()) {
                final int perRow = (end - begin) / share.all();
                final float[] all = new float[end - begin];
                numbers.get(begin, all, share.first() * perRow, share.count() * perRow);
                numbers.put(begin, all);
            }
        }

        /** A copy of its numbers. */
        float[] of(final FloatBuffer numbers) {
            final float[] own = new float[end - begin];
            numbers.get(begin, own);
            return own;
        }
    }

    /** Whether its numbers are wanted in the JVM, too: rows, which metrics take in, and a loss or another single number. */
    private boolean isSeen() {
        return kind == Kind.ROWS || tensor.size() == 1;
    }

    /** Parts with smaller numbers come first. */
    private long order() {
        return isSeen() ? 1 : -tensor.size();
    }

    private long[] shape(final Share share) {
        final long[] shape = tensor.shape();
        if (kind == Kind.ROWS) {
            shape[0] = share.all();
        }
        return shape;
    }
}
