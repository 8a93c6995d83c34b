package org.gradienttape.tensor;

import java.util.Arrays;

/** Number by number, of two tensors or of a tensor and a number of the JVM. */
public enum Arithmetic implements Operation {
    ADD(2, Arithmetic::both, (y, g, i) -> g.sumTo(y.input(i))),
    SUB(2, Arithmetic::both, (y, g, i) -> (i == 0 ? g : g.neg()).sumTo(y.input(i))),
    MUL(2, Arithmetic::both, (y, g, i) -> g.mul(y.input(1 - i)).sumTo(y.input(i))),
    DIV(
            2,
            Arithmetic::both,
            (y, g, i) -> (i == 0 ? g.div(y.input(1)) : g.mul(y).div(y.input(1)).neg()).sumTo(y.input(i))),
    /** Where both are equal each gets half of the gradient. */
    MAXIMUM(2, Arithmetic::both, (y, g, i) -> ofChosen(y, g, i)),
    MINIMUM(2, Arithmetic::both, (y, g, i) -> ofChosen(y, g, i)),
    ADD_NUMBER(1, Arithmetic::one, (y, g, i) -> g),
    MUL_NUMBER(1, Arithmetic::one, (y, g, i) -> g.mul(y.number(0))),
    /** Not below a number; the gradient passes where the input is not below it. */
    MAXIMUM_NUMBER(
            1,
            Arithmetic::one,
            (y, g, i) -> g.mul(
                    y.input(0).compare(Choice.AT_LEAST_NUMBER, y.number(0)).toFloat())),
    MINIMUM_NUMBER(
            1,
            Arithmetic::one,
            (y, g, i) ->
                    g.mul(y.input(0).compare(Choice.AT_MOST_NUMBER, y.number(0)).toFloat())),
    POW(
            1,
            Arithmetic::one,
            (y, g, i) -> y.number(0).is(0)
                    ? g.filled(0, y.sizes()) // 0 times infinity where the input is 0, by the other form
                    : g.mul(y.input(0).pow(y.number(0).plus(Scalar.of(-1))).mul(y.number(0))));

    private static final int BASE = 100;

    private final Rules rules;

    Arithmetic(final int differentiable, final ShapeRule shape, final GradientRule gradient) {
        this.rules = new Rules(BASE + ordinal(), differentiable, shape, gradient);
    }

    @Override
    public Rules rules() {
        return rules;
    }

    private static TensorSpec one(final long[] attributes, final Tensor[] in) {
        in[0].needsFloats();
        return TensorSpec.like(in[0]);
    }

    private static TensorSpec both(final long[] attributes, final Tensor[] in) {
        in[0].needsFloats();
        in[1].needsFloats();
        return TensorSpec.floats(broadcast(in[0].sizes(), in[1].sizes()));
    }

    private static Tensor ofChosen(final Tensor y, final Tensor g, final int i) {
        final Tensor mine = y.input(i).eq(y).toFloat();
        final Tensor both = mine.mul(y.input(1 - i).eq(y).toFloat());
        return g.mul(mine.sub(both.mul(0.5))).sumTo(y.input(i));
    }

    /**
     * The shape of both together: axes are compared from the last one, and an axis of size 1 is repeated.
     *
     * @throws TensorException if they do not fit; names both
     */
    static long[] broadcast(final long[] one, final long[] other) {
        if (Arrays.equals(one, other)) {
            return one;
        }
        final long[] joined = new long[Math.max(one.length, other.length)];
        for (int i = 1; i <= joined.length; i++) {
            final long a = i <= one.length ? one[one.length - i] : 1;
            final long b = i <= other.length ? other[other.length - i] : 1;
            if (a != b && a != 1 && b != 1) {
                throw new TensorException("the shapes " + Shapes.text(one) + " and " + Shapes.text(other)
                        + " do not fit; sizes must be equal or 1, compared from the last axis");
            }
            joined[joined.length - i] = a == 1 ? b : a;
        }
        return joined;
    }
}
