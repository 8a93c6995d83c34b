package org.gradienttape.layer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.gradienttape.error.InvalidInputException;

/**
 * The shape of one sample or of one weight, without the batch dimension. Images are height x width x channels.
 *
 * @param dimensions sizes from the outermost to the innermost, each at least 1; empty for a scalar
 */
public record Shape(List<Integer> dimensions) {
    public Shape {
        dimensions = List.copyOf(dimensions);
        long size = 1;
        for (final int dimension : dimensions) {
            if (dimension < 1) {
                throw new InvalidInputException("A shape needs sizes of at least 1, but " + text(dimensions)
                        + " has a size of " + dimension + "; correct this size.");
            }
            size *= dimension;
            if (size > Integer.MAX_VALUE) {
                throw new InvalidInputException("A shape may hold at most " + Integer.MAX_VALUE + " numbers, but "
                        + text(dimensions) + " holds more; choose smaller sizes.");
            }
        }
    }

    public static Shape of(final int... dimensions) {
        return new Shape(Arrays.stream(dimensions).boxed().toList());
    }

    /** How many numbers one value of this shape has. */
    public int size() {
        return dimensions.stream().reduce(1, (a, b) -> a * b);
    }

    public int rank() {
        return dimensions.size();
    }

    /** The size along one axis, counted from 0. */
    public int dimension(final int axis) {
        return dimensions.get(axis);
    }

    /** The innermost size: features of a vector, channels of an image. */
    public int last() {
        return dimensions.get(dimensions.size() - 1);
    }

    /** For example "28 x 28 x 1"; "scalar" for no dimension. */
    @Override
    public String toString() {
        return text(dimensions);
    }

    /** For example "4 and 5", or "4, 5 and 6". */
    static String several(final List<Shape> shapes) {
        final List<String> texts = shapes.stream().map(Shape::toString).toList();
        final int last = texts.size() - 1;
        return last == 0 ? texts.get(0) : String.join(", ", texts.subList(0, last)) + " and " + texts.get(last);
    }

    private static String text(final List<Integer> dimensions) {
        return dimensions.isEmpty()
                ? "scalar"
                : dimensions.stream().map(String::valueOf).collect(Collectors.joining(" x "));
    }
}
