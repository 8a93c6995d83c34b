package org.gradienttape.tensor;

import java.util.Arrays;

/** Notes of a trace that become other operations when it is compiled. */
public enum Control implements Operation {
    /** The gradients of the first input by all others. */
    GRADIENTS(0, (a, in) -> Outline.floats(), GradientRule.NONE),
    /** One of these gradients. Attributes: its place, its shape. */
    GRADIENT(0, (a, in) -> Outline.floats(Arrays.copyOfRange(a, 1, a.length)), GradientRule.NONE);

    private static final int BASE = 1000;

    private final int differentiable;
    private final ShapeRule shape;
    private final GradientRule gradient;

    Control(final int differentiable, final ShapeRule shape, final GradientRule gradient) {
        this.differentiable = differentiable;
        this.shape = shape;
        this.gradient = gradient;
    }

    @Override
    public int code() {
        return BASE + ordinal();
    }

    @Override
    public int differentiable() {
        return differentiable;
    }

    @Override
    public Outline outline(final long[] attributes, final Tensor[] inputs) {
        return shape.of(attributes, inputs);
    }

    @Override
    public Tensor gradient(final Tensor result, final Tensor upstream, final int input) {
        return gradient.of(result, upstream, input);
    }
}
