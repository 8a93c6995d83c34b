package org.gradienttape.tensor;

/** Of one tensor, number by number. */
public enum Function implements Operation {
    NEG(1, Function::same, (y, g, i) -> g.neg()),
    ABS(1, Function::same, (y, g, i) -> g.mul(y.input(0).sign())),
    SIGN(0, Function::same, GradientRule.NONE),
    SQRT(1, Function::same, (y, g, i) -> g.div(y).mul(0.5)),
    EXP(1, Function::same, (y, g, i) -> g.mul(y)),
    LOG(1, Function::same, (y, g, i) -> g.div(y.input(0))),
    SIN(1, Function::same, (y, g, i) -> g.mul(y.input(0).cos())),
    COS(1, Function::same, (y, g, i) -> g.mul(y.input(0).sin()).neg()),
    TANH(1, Function::same, (y, g, i) -> g.derived(Derivative.TANH_BACKWARD, y)),
    SIGMOID(1, Function::same, (y, g, i) -> g.derived(Derivative.SIGMOID_BACKWARD, y)),
    RELU(1, Function::same, (y, g, i) -> g.derived(Derivative.RELU_BACKWARD, y)),
    /** Number: the slope below 0. The output has the input's sign, so the input is not needed. */
    LEAKY_RELU(1, Function::same, (y, g, i) -> g.derived(Derivative.LEAKY_RELU_BACKWARD, y, y.number(0))),
    SOFTPLUS(1, Function::same, (y, g, i) -> g.mul(y.input(0).sigmoid())),
    SILU(1, Function::same, (y, g, i) -> g.derived(Derivative.SILU_BACKWARD, y.input(0))),
    /** Number: what the exponential part is multiplied by. */
    ELU(1, Function::same, (y, g, i) -> g.derived(Derivative.ELU_BACKWARD, y.input(0), y.number(0))),
    GELU(1, Function::same, (y, g, i) -> g.derived(Derivative.GELU_BACKWARD, y.input(0))),
    /** With the hyperbolic tangent in the place of the normal distribution. */
    GELU_TANH(1, Function::same, (y, g, i) -> g.derived(Derivative.GELU_TANH_BACKWARD, y.input(0))),
    /** In memory of its own, row by row. */
    COPY(1, (a, in) -> TensorSpec.like(in[0]), (y, g, i) -> g),
    /** The same numbers, which no gradient passes. */
    DETACH(0, (a, in) -> TensorSpec.like(in[0]), GradientRule.NONE),
    TO_FLOAT(0, (a, in) -> TensorSpec.floats(in[0].sizes()), GradientRule.NONE),
    TO_INT64(0, (a, in) -> new TensorSpec(NumberType.INT64, in[0].sizes()), GradientRule.NONE);

    private static final int BASE = 200;

    private final Rules rules;

    Function(final int differentiable, final ShapeRule shape, final GradientRule gradient) {
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
}
