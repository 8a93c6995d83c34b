package org.gradienttape.tensor;

/** Comparisons, and the choice between numbers. */
public enum Choice implements Operation {
    GREATER(0, Choice::both, GradientRule.NONE),
    LESS(0, Choice::both, GradientRule.NONE),
    EQUAL(0, Choice::both, GradientRule.NONE),
    AT_LEAST(0, Choice::both, GradientRule.NONE),
    AT_MOST(0, Choice::both, GradientRule.NONE),
    GREATER_NUMBER(0, Choice::one, GradientRule.NONE),
    LESS_NUMBER(0, Choice::one, GradientRule.NONE),
    EQUAL_NUMBER(0, Choice::one, GradientRule.NONE),
    AT_LEAST_NUMBER(0, Choice::one, GradientRule.NONE),
    AT_MOST_NUMBER(0, Choice::one, GradientRule.NONE),
    /** Numbers of the first input where the third one, a condition, is true, of the second elsewhere. */
    WHERE(2, Choice::ofThree, Choice::ofWhere);

    private static final int BASE = 400;

    private final Rules rules;

    Choice(final int differentiable, final ShapeRule shape, final GradientRule gradient) {
        this.rules = new Rules(BASE + ordinal(), differentiable, shape, gradient);
    }

    @Override
    public Rules rules() {
        return rules;
    }

    private static TensorSpec one(final long[] attributes, final Tensor[] in) {
        return new TensorSpec(NumberType.BOOL, in[0].sizes());
    }

    private static TensorSpec both(final long[] attributes, final Tensor[] in) {
        return new TensorSpec(NumberType.BOOL, Arithmetic.broadcast(in[0].sizes(), in[1].sizes()));
    }

    private static TensorSpec ofThree(final long[] attributes, final Tensor[] in) {
        if (in[2].type() != NumberType.BOOL) {
            throw new TensorException(
                    "the condition must be true and false, such as a comparison gives, but it is " + in[2].type());
        }
        final long[] values = Arithmetic.broadcast(in[0].sizes(), in[1].sizes());
        return TensorSpec.of(in[0], Arithmetic.broadcast(values, in[2].sizes()));
    }

    private static Tensor ofWhere(final Tensor y, final Tensor g, final int i) {
        final Tensor none = g.filled(0, g.sizes());
        final Tensor condition = y.input(2);
        return (i == 0 ? g.where(condition, none) : none.where(condition, g)).sumTo(y.input(i));
    }
}
