package org.gradienttape.tensor;

/**
 * Gradients for which engines have one operation each, of a gradient g and the input x or the output y of the function.
 * They have rules themselves, so that they can be differentiated again.
 */
public enum Derivative implements Operation {
    /** g where y is above 0. */
    RELU_BACKWARD(1, Derivative::ofFirst, (y, g, i) -> g.derived(y.operation(), y.input(1))),
    /** g where y is above 0, else g times the slope. */
    LEAKY_RELU_BACKWARD(1, Derivative::ofFirst, (y, g, i) -> g.derived(y.operation(), y.input(1), y.number(0))),
    /** g (1 - y y). */
    TANH_BACKWARD(
            2,
            Derivative::ofFirst,
            (y, g, i) -> i == 0
                    ? g.derived(y.operation(), y.input(1))
                    : g.mul(y.input(0)).mul(y.input(1)).mul(-2)),
    /** g y (1 - y). */
    SIGMOID_BACKWARD(
            2,
            Derivative::ofFirst,
            (y, g, i) -> i == 0
                    ? g.derived(y.operation(), y.input(1))
                    : g.mul(y.input(0)).mul(y.input(1).mul(-2).add(1))),
    /** g s (1 + x (1 - s)), s being sigmoid(x). */
    SILU_BACKWARD(
            2,
            Derivative::ofFirst,
            (y, g, i) -> i == 0
                    ? g.derived(y.operation(), y.input(1))
                    : g.mul(y.input(0)).mul(siluTwice(y.input(1)))),
    /** g where x is above 0, else g alpha exp(x). */
    ELU_BACKWARD(
            2,
            Derivative::ofFirst,
            (y, g, i) -> i == 0
                    ? g.derived(y.operation(), y.input(1), y.number(0))
                    : g.mul(y.input(0)).mul(eluTwice(y.input(1)).mul(y.number(0)))),
    GELU_BACKWARD(
            2,
            Derivative::ofFirst,
            (y, g, i) -> i == 0
                    ? g.derived(y.operation(), y.input(1))
                    : g.mul(y.input(0)).mul(geluTwice(y.input(1)))),
    GELU_TANH_BACKWARD(
            2,
            Derivative::ofFirst,
            (y, g, i) -> i == 0
                    ? g.derived(y.operation(), y.input(1))
                    : g.mul(y.input(0)).mul(geluTanhTwice(y.input(1)))),
    /** y (g - sum(g y)) along an axis. Attribute: the axis. */
    SOFTMAX_BACKWARD(2, Derivative::ofFirst, Derivative::ofSoftmax),
    /** g - exp(y) sum(g) along an axis. Attribute: the axis. */
    LOG_SOFTMAX_BACKWARD(2, Derivative::ofFirst, Derivative::ofLogSoftmax),
    /** The gradient of {@link Reduction#NLL}: inputs g, shape [], the logarithms, the labels, how many there are. */
    NLL_BACKWARD(1, (a, in) -> TensorSpec.like(in[1]), (y, g, i) -> g.nll(y.input(2)));

    private static final int BASE = 300;

    private final Rules rules;

    Derivative(final int differentiable, final ShapeRule shape, final GradientRule gradient) {
        this.rules = new Rules(BASE + ordinal(), differentiable, shape, gradient);
    }

    @Override
    public Rules rules() {
        return rules;
    }

    private static TensorSpec ofFirst(final long[] attributes, final Tensor[] in) {
        return TensorSpec.like(in[0]);
    }

    private static Tensor siluTwice(final Tensor x) { // s (1 - s) (2 + x (1 - 2 s))
        final Tensor s = x.sigmoid();
        final Tensor rest = s.neg().add(1);
        return s.mul(rest).mul(x.mul(rest.sub(s)).add(2));
    }

    private static Tensor eluTwice(final Tensor x) {
        return x.minimum(0)
                .exp()
                .mul(x.compare(Choice.AT_MOST_NUMBER, Scalar.of(0)).toFloat());
    }

    private static Tensor geluTwice(final Tensor x) { // density(x) (2 - x x)
        final Tensor square = x.square();
        final Tensor density = square.mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
        return density.mul(square.neg().add(2));
    }

    /** Of x (1 + t) / 2 with t = tanh(u), u = k (x + c x^3). */
    private static Tensor geluTanhTwice(final Tensor x) {
        final double k = Math.sqrt(2 / Math.PI);
        final double c = 0.044715;
        final Tensor square = x.square();
        final Tensor t = x.add(square.mul(x).mul(c)).mul(k).tanh();
        final Tensor first = square.mul(3 * c).add(1).mul(k); // u'
        final Tensor second = x.mul(6 * c * k); // u''
        final Tensor slope = t.square().neg().add(1); // 1 - t t
        final Tensor curve = second.sub(t.mul(2).mul(first.square()));
        return slope.mul(first.add(x.mul(0.5).mul(curve)));
    }

    private static Tensor ofSoftmax(final Tensor y, final Tensor g, final int i) {
        final int axis = (int) y.attribute(0);
        final Tensor upstream = y.input(0);
        final Tensor p = y.input(1);
        if (i == 0) {
            return g.derived(SOFTMAX_BACKWARD, p, axis);
        }
        final Tensor both = g.mul(upstream.sub(upstream.mul(p).sumKeeping(axis)));
        return both.sub(upstream.mul(g.mul(p).sumKeeping(axis)));
    }

    private static Tensor ofLogSoftmax(final Tensor y, final Tensor g, final int i) {
        final int axis = (int) y.attribute(0);
        final Tensor p = y.input(1).exp();
        return i == 0
                ? g.sub(p.mul(g).sumKeeping(axis))
                : g.mul(p).mul(y.input(0).sumKeeping(axis)).neg();
    }
}
