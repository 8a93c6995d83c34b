package org.gradienttape.tensor;

import java.util.Arrays;

/** The same numbers in another arrangement, or some of them. */
public enum Form implements Operation {
    /** Repeats axes of size 1. Attributes: the shape. */
    EXPAND(1, Form::expanded, (y, g, i) -> g.sumTo(y.input(0))),
    /** Attributes: the shape. */
    RESHAPE(1, Form::reshaped, (y, g, i) -> g.reshape(y.input(0).sizes())),
    /** Attributes: for each axis of the result, the axis of the input. */
    PERMUTE(1, Form::permuted, (y, g, i) -> g.permute(inverse(y.attributes()))),
    /** Attributes: axis, length. Number: where it begins. */
    SLICE(1, Form::sliced, Form::ofSlice),
    /** Zeros, with the input in them: the gradient of a slice. Attributes: axis, size. Number: where it begins. */
    PLACE(
            1,
            Form::placed,
            (y, g, i) -> g.slice((int) y.attribute(0), y.number(0), y.input(0).size((int) y.attribute(0)))),
    /** More entries at the ends of each axis. Attributes: before and after, for each axis. Number: what they hold. */
    PAD(1, Form::padded, Form::ofPad),
    /** Attribute: the axis. */
    CONCAT(Integer.MAX_VALUE, Form::joined, Form::ofConcat),
    /** Attributes: the axes whose order is turned round. */
    FLIP(1, (a, in) -> TensorSpec.like(in[0]), (y, g, i) -> g.flip(ints(y.attributes()))),
    /** The entries of the first input at the places of the second, [n], int64. Attribute: the axis. */
    TAKE(
            1,
            Form::taken,
            (y, g, i) -> g.put(y.input(1), (int) y.attribute(0), y.input(0).size((int) y.attribute(0)))),
    /** Zeros, to which the entries are added at the places: the gradient of take. Attributes: axis, its size. */
    PUT(1, Form::put, (y, g, i) -> g.take(y.input(1), (int) y.attribute(0))),
    /** 1 at the place of the class, along a new last axis. Attribute: classes. */
    ONE_HOT(0, Form::oneHot, GradientRule.NONE);

    private static final int BASE = 600;

    private final Rules rules;

    Form(final int differentiable, final ShapeRule shape, final GradientRule gradient) {
        this.rules = new Rules(BASE + ordinal(), differentiable, shape, gradient);
    }

    @Override
    public Rules rules() {
        return rules;
    }

    private static TensorSpec expanded(final long[] to, final Tensor[] in) {
        if (!Arrays.equals(Arithmetic.broadcast(in[0].sizes(), to), to)
                || Arrays.stream(to).anyMatch(size -> size < 0)) {
            throw new TensorException(
                    "the shape " + Shapes.text(in[0].sizes()) + " cannot be repeated to " + Shapes.text(to));
        }
        return TensorSpec.of(in[0], to);
    }

    private static TensorSpec reshaped(final long[] to, final Tensor[] in) {
        if (Shapes.size(to) != Shapes.size(in[0].sizes())) {
            throw new TensorException("the shape " + Shapes.text(in[0].sizes()) + " holds " + Shapes.size(in[0].sizes())
                    + " numbers, but " + Shapes.text(to) + " holds " + Shapes.size(to));
        }
        return TensorSpec.of(in[0], to);
    }

    private static TensorSpec permuted(final long[] axes, final Tensor[] in) {
        final long[] sizes = in[0].sizes();
        final long[] sorted = axes.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length || i < sizes.length; i++) {
            if (sorted.length != sizes.length || sorted[i] != i) {
                throw new TensorException("each axis of the shape " + Shapes.text(sizes)
                        + " must be named once, but they are " + Arrays.toString(axes));
            }
        }
        return TensorSpec.of(
                in[0], Arrays.stream(axes).map(axis -> sizes[(int) axis]).toArray());
    }

    private static int[] inverse(final long[] axes) {
        final int[] inverse = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            inverse[(int) axes[i]] = i;
        }
        return inverse;
    }

    private static TensorSpec sliced(final long[] a, final Tensor[] in) {
        return TensorSpec.of(in[0], Shapes.replaced(in[0].sizes(), (int) a[0], a[1]));
    }

    private static Tensor ofSlice(final Tensor y, final Tensor g, final int i) {
        return g.place((int) y.attribute(0), y.number(0), y.input(0).size((int) y.attribute(0)));
    }

    private static TensorSpec placed(final long[] a, final Tensor[] in) {
        return TensorSpec.of(in[0], Shapes.replaced(in[0].sizes(), (int) a[0], a[1]));
    }

    private static TensorSpec padded(final long[] pairs, final Tensor[] in) {
        final long[] sizes = in[0].sizes().clone();
        if (pairs.length != 2 * sizes.length) {
            throw new TensorException("the shape " + Shapes.text(sizes) + " needs " + sizes.length
                    + " pairs of before and after, but there are " + pairs.length / 2);
        }
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] += pairs[2 * i] + pairs[2 * i + 1];
        }
        return TensorSpec.of(in[0], sizes);
    }

    private static Tensor ofPad(final Tensor y, final Tensor g, final int i) {
        Tensor inner = g;
        for (int axis = 0; axis < y.rank(); axis++) {
            if (y.attribute(2 * axis) + y.attribute(2 * axis + 1) != 0) {
                inner = inner.slice(
                        axis, Scalar.of(y.attribute(2 * axis)), y.input(0).size(axis));
            }
        }
        return inner;
    }

    private static TensorSpec joined(final long[] a, final Tensor[] in) {
        final int axis = (int) a[0];
        final long[] sizes = in[0].sizes().clone();
        for (int i = 1; i < in.length; i++) {
            final long[] next = in[i].sizes();
            if (in[i].type() != in[0].type() || !Shapes.areAlikeBut(axis, next, sizes)) {
                throw new TensorException("tensors that are joined along axis " + axis + " must be alike elsewhere,"
                        + " but they have the shapes " + Shapes.text(in[0].sizes()) + " and " + Shapes.text(next));
            }
            sizes[axis] += next[axis];
        }
        return TensorSpec.of(in[0], sizes);
    }

    private static Tensor ofConcat(final Tensor y, final Tensor g, final int i) {
        final int axis = (int) y.attribute(0);
        long from = 0;
        for (int before = 0; before < i; before++) {
            from += y.input(before).size(axis);
        }
        return g.slice(axis, Scalar.of(from), y.input(i).size(axis));
    }

    private static TensorSpec taken(final long[] a, final Tensor[] in) {
        if (in[1].rank() != 1 || in[1].type() != NumberType.INT64) {
            throw new TensorException("the places must be whole numbers, int64, in one row, but they are "
                    + in[1].type() + " of the shape " + Shapes.text(in[1].sizes()));
        }
        return TensorSpec.of(in[0], Shapes.replaced(in[0].sizes(), (int) a[0], in[1].sizes()[0]));
    }

    private static TensorSpec put(final long[] a, final Tensor[] in) {
        return TensorSpec.of(in[0], Shapes.replaced(in[0].sizes(), (int) a[0], a[1]));
    }

    private static TensorSpec oneHot(final long[] a, final Tensor[] in) {
        if (in[0].type() != NumberType.INT64 || a[0] < 1) {
            throw new TensorException("there must be whole numbers, int64, of one class or more, but they are "
                    + in[0].type() + " of " + a[0] + " classes");
        }
        return TensorSpec.floats(Shapes.with(in[0].sizes(), in[0].rank(), a[0]));
    }

    private static int[] ints(final long[] numbers) {
        return Arrays.stream(numbers).mapToInt(number -> (int) number).toArray();
    }
}
