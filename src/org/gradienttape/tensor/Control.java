package org.gradienttape.tensor;

import java.util.Arrays;

/** Notes of a trace that become other operations when it is compiled. */
public enum Control implements Operation {
    /** The gradients of the first input by all others. */
    GRADIENTS(0, (a, in) -> TensorSpec.floats(), GradientRule.NONE),
    /** One of these gradients. Attributes: its place, its shape. */
    GRADIENT(0, (a, in) -> TensorSpec.floats(Arrays.copyOfRange(a, 1, a.length)), GradientRule.NONE),
    /**
     * The input's numbers, by which gradients are taken. No simpler form looks behind it, and nothing that is equal takes its
     * place, for that would be another way to the loss. Attribute: the number of the note; none in an eager step.
     */
    APART(1, (a, in) -> TensorSpec.like(in[0]), (y, g, i) -> g);

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
