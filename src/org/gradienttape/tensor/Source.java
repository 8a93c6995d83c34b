package org.gradienttape.tensor;

import java.util.Arrays;

/** Where numbers come from: the beginnings of every computation. */
public enum Source implements Operation {
    /** The numbers of a variable as they are at the beginning of the step. Attributes: number of the variable, shape. */
    VARIABLE(0, (a, in) -> TensorSpec.floats(Arrays.copyOfRange(a, 1, a.length)), GradientRule.NONE),
    /** Whole numbers that the step brings. Attributes: where they begin among those of the step, shape. */
    INTEGERS(0, (a, in) -> new TensorSpec(NumberType.INT64, Arrays.copyOfRange(a, 1, a.length)), GradientRule.NONE),
    /** Numbers that the step brings. Attributes: where they begin among those of the step, shape. */
    FLOATS(0, (a, in) -> TensorSpec.floats(Arrays.copyOfRange(a, 1, a.length)), GradientRule.NONE),
    /** What lies in the engine's memory already. Attributes: its number in the step, type, shape. */
    RESIDENT(
            0,
            (a, in) -> new TensorSpec(NumberType.values()[(int) a[1]], Arrays.copyOfRange(a, 2, a.length)),
            GradientRule.NONE),
    /** One number everywhere. Attributes: the shape. */
    FULL(0, (a, in) -> TensorSpec.floats(a), GradientRule.NONE),
    /** Numbers that are the same in every step, one for each place. Attributes: the shape. */
    CONSTANT(0, (a, in) -> TensorSpec.floats(a), GradientRule.NONE);

    private static final int BASE = 0;

    private final Rules rules;

    Source(final int differentiable, final ShapeRule shape, final GradientRule gradient) {
        this.rules = new Rules(BASE + ordinal(), differentiable, shape, gradient);
    }

    @Override
    public Rules rules() {
        return rules;
    }
}
