package org.gradienttape.tensor;

import java.util.Arrays;

/** Notes of a trace that become other operations when it is compiled. */
public enum Control implements Operation {
    /** The gradients of the first input by all others. */
    GRADIENTS(0, (a, in) -> TensorSpec.floats(), GradientRule.NONE),
    /** One of these gradients. Attributes: its place, its shape. */
    GRADIENT(0, (a, in) -> TensorSpec.floats(Arrays.copyOfRange(a, 1, a.length)), GradientRule.NONE);

    private static final int BASE = 1000;

    private final Rules rules;

    Control(final int differentiable, final ShapeRule shape, final GradientRule gradient) {
        this.rules = new Rules(BASE + ordinal(), differentiable, shape, gradient);
    }

    @Override
    public Rules rules() {
        return rules;
    }
}
