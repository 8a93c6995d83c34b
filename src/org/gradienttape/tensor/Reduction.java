package org.gradienttape.tensor;

import java.util.Arrays;

/** Numbers that many others make together, and what lies along an axis. */
public enum Reduction implements Operation {
    /** Attributes: 1 if the axes stay with size 1, else 0; the axes. */
    SUM(1, Reduction::reduced, (y, g, i) -> wide(y, g).expand(y.input(0).sizes())),
    /** The largest numbers; equal ones share the gradient. Attributes as of the sum. */
    MAX(1, Reduction::largest, Reduction::ofLargest),
    /** log sum exp. Attributes as of the sum. */
    LOG_SUM_EXP(1, Reduction::reduced, (y, g, i) -> wide(y, g)
            .mul(y.input(0).sub(wide(y, y)).exp())),
    /** Where the largest number is; the axis goes away. Attribute: the axis. */
    ARGMAX(0, Reduction::place, GradientRule.NONE),
    /** Attribute: the axis. */
    SOFTMAX(1, Reduction::same, (y, g, i) -> g.derived(Derivative.SOFTMAX_BACKWARD, y, (int) y.attribute(0))),
    /** Attribute: the axis. */
    LOG_SOFTMAX(1, Reduction::same, (y, g, i) -> g.derived(Derivative.LOG_SOFTMAX_BACKWARD, y, (int) y.attribute(0))),
    /** The mean of -x[row, label of the row], of logarithms [rows, classes] and labels [rows], int64. */
    NLL(1, Reduction::ofLikelihood, (y, g, i) -> g.nllBackward(y.input(0), y.input(1)));

    private static final int BASE = 500;

    private final Rules rules;

    Reduction(final int differentiable, final ShapeRule shape, final GradientRule gradient) {
        this.rules = new Rules(BASE + ordinal(), differentiable, shape, gradient);
    }

    @Override
    public Rules rules() {
        return rules;
    }

    private static TensorSpec same(final long[] attributes, final Tensor[] in) {
        in[0].needsFloats();
        return TensorSpec.like(in[0]);
    }

    private static TensorSpec reduced(final long[] a, final Tensor[] in) {
        in[0].needsFloats();
        return TensorSpec.of(in[0], Shapes.reduced(in[0].sizes(), a[0] == 1, axes(a)));
    }

    private static TensorSpec largest(final long[] a, final Tensor[] in) {
        final TensorSpec outline = reduced(a, in);
        mustHaveEntries(in[0], axes(a));
        return outline;
    }

    private static TensorSpec place(final long[] a, final Tensor[] in) {
        if (in[0].type() == NumberType.BOOL) {
            in[0].needsFloats();
        }
        mustHaveEntries(in[0], (int) a[0]);
        return new TensorSpec(NumberType.INT64, Shapes.without(in[0].sizes(), (int) a[0]));
    }

    private static void mustHaveEntries(final Tensor x, final int... axes) {
        if (Arrays.stream(axes).anyMatch(axis -> x.size(axis) == 0)) {
            throw new TensorException("there is no largest number of an axis without entries, but the shape is "
                    + Shapes.text(x.sizes()));
        }
    }

    private static TensorSpec ofLikelihood(final long[] attributes, final Tensor[] in) {
        final long[] rows = in[0].sizes();
        if (in[1].type() != NumberType.INT64) {
            throw new TensorException(
                    "labels are whole numbers, int64, but these are " + in[1].type() + "; use toInt64()");
        }
        if (rows.length != 2 || in[1].rank() != 1 || in[1].sizes()[0] != rows[0]) {
            throw new TensorException("there must be one row of numbers per label, but they have the shape "
                    + Shapes.text(rows) + " and the labels the shape " + Shapes.text(in[1].sizes()));
        }
        return TensorSpec.floats();
    }

    private static int[] axes(final long[] attributes) {
        return Arrays.stream(attributes).skip(1).mapToInt(axis -> (int) axis).toArray();
    }

    /** A tensor of the result's shape, with the axes that went away as axes of size 1. */
    private static Tensor wide(final Tensor y, final Tensor of) {
        return of.reshape(Shapes.reduced(y.input(0).sizes(), true, axes(y.attributes())));
    }

    private static Tensor ofLargest(final Tensor y, final Tensor g, final int i) {
        final Tensor mask = y.input(0).eq(wide(y, y)).toFloat();
        return mask.mul(wide(y, g).div(mask.sumKeeping(axes(y.attributes()))));
    }
}
