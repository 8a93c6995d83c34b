package org.gradienttape.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Works with shapes. */
final class Shapes {
    /** In bytes they fit into an array of Java. */
    private static final int MOST_NUMBERS = Integer.MAX_VALUE / Float.BYTES;

    private Shapes() {}

    /** How many numbers a tensor from Java has. */
    static int count(final long... shape) {
        long count = 1;
        for (final long size : shape) {
            if (size < 0) {
                throw new TensorException("the sizes of a shape must be at least 0, but they are " + text(shape));
            }
            count *= size;
            if (count > MOST_NUMBERS) {
                throw new TensorException("a tensor from Java may have at most " + MOST_NUMBERS
                        + " numbers, but its shape is " + text(shape));
            }
        }
        return (int) count;
    }

    static long size(final long[] shape) {
        long size = 1;
        for (final long length : shape) {
            size *= length;
        }
        return size;
    }

    /** The place of an axis that may be counted from the end. */
    static int axis(final long[] shape, final int axis) {
        final int place = axis < 0 ? axis + shape.length : axis;
        if (place < 0 || place >= shape.length) {
            throw new TensorException("the shape " + text(shape) + " has no axis " + axis);
        }
        return place;
    }

    /** The places of axes that may be counted from the end, each named once, from the first one on. */
    static long[] axes(final long[] shape, final int... axes) {
        final long[] places = new long[axes.length];
        for (int i = 0; i < axes.length; i++) {
            places[i] = axis(shape, axes[i]);
        }
        Arrays.sort(places);
        for (int i = 1; i < places.length; i++) {
            if (places[i] == places[i - 1]) {
                throw new TensorException("each axis of the shape " + text(shape) + " may be named once, but they are "
                        + Arrays.toString(axes));
            }
        }
        return places;
    }

    static long[] without(final long[] shape, final int axis) {
        final long[] rest = new long[shape.length - 1];
        System.arraycopy(shape, 0, rest, 0, axis);
        System.arraycopy(shape, axis + 1, rest, axis, rest.length - axis);
        return rest;
    }

    /** Whether two shapes have the same axes, all but one of them of the same size. */
    static boolean areAlikeBut(final int axis, final long[] one, final long[] other) {
        return one.length == other.length
                && Arrays.equals(one, 0, axis, other, 0, axis)
                && Arrays.equals(one, axis + 1, one.length, other, axis + 1, other.length);
    }

    /** With one more axis. */
    static long[] with(final long[] shape, final int axis, final long size) {
        final long[] more = new long[shape.length + 1];
        System.arraycopy(shape, 0, more, 0, axis);
        more[axis] = size;
        System.arraycopy(shape, axis, more, axis + 1, shape.length - axis);
        return more;
    }

    static long[] replaced(final long[] shape, final int axis, final long size) {
        final long[] other = shape.clone();
        other[axis] = size;
        return other;
    }

    /** Without these axes, or with them as axes of size 1. */
    static long[] reduced(final long[] shape, final boolean keeping, final int... axes) {
        final boolean[] gone = new boolean[shape.length];
        for (final int axis : axes) {
            gone[axis] = true;
        }
        final long[] rest = new long[shape.length];
        int rank = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            if (!gone[axis] || keeping) {
                rest[rank++] = gone[axis] ? 1 : shape[axis];
            }
        }
        return rank == shape.length ? rest : Arrays.copyOf(rest, rank);
    }

    /** "[64, 10]". */
    static String text(final long[] shape) {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
