package org.gradienttape.tensor;

import java.util.Arrays;

/**
 * Brings each column of a matrix, [rows, columns], to mean 0 and variance 1: Ioffe and Szegedy, 2015. Engines compute what is
 * asked for here in one or two passes over the matrix, and the gradients too.
 */
public enum Normalization implements Operation {
    /**
     * (x - mean) * scale * gamma + beta, column by column. Inputs: x, gamma, beta, and the means and scales of x; a gradient by
     * x takes in that these follow from it.
     */
    NORMALIZE(3, Normalization::normalized, Normalization::ofNormalize),
    /** The mean of each column. */
    MEANS(1, (a, in) -> columns(in[0]), (y, g, i) -> g.mul(1.0 / rows(y.input(0)))
            .expand(y.input(0).sizes())),
    /** 1 / sqrt(variance + epsilon) of each column, where the variance divides by the number of rows. Number: epsilon. */
    SCALES(1, (a, in) -> columns(in[0]), Normalization::ofScales),
    /** The gradient of a normalized matrix by the matrix. Inputs: the gradient g, x, gamma, means, scales. */
    NORMALIZE_ROWS(5, (a, in) -> TensorSpec.like(in[1]), Normalization::ofRows),
    /** The gradient by gamma: the sum of g * (x - mean) * scale of each column. Inputs: g, x, means, scales. */
    NORMALIZE_GAMMA(4, (a, in) -> columns(in[1]), Normalization::ofGamma);

    private static final int BASE = 1200;

    private final Rules rules;

    Normalization(final int differentiable, final ShapeRule shape, final GradientRule gradient) {
        this.rules = new Rules(BASE + ordinal(), differentiable, shape, gradient);
    }

    @Override
    public Rules rules() {
        return rules;
    }

    private static TensorSpec columns(final Tensor x) {
        x.needsFloats();
        if (x.rank() != 2) {
            throw new TensorException(
                    "a matrix, [rows, columns], is needed, but the shape is " + Shapes.text(x.sizes()));
        }
        return TensorSpec.floats(x.sizes()[1]);
    }

    private static TensorSpec normalized(final long[] attributes, final Tensor[] in) {
        final long[] columns = columns(in[0]).shape();
        for (int i = 1; i < in.length; i++) {
            if (!Arrays.equals(in[i].sizes(), columns)) {
                throw new TensorException("there must be one number for each of " + columns[0]
                        + " columns, but the shape is " + Shapes.text(in[i].sizes()));
            }
        }
        return TensorSpec.like(in[0]);
    }

    private static long rows(final Tensor x) {
        return x.size(0);
    }

    private static Tensor ofNormalize(final Tensor y, final Tensor g, final int i) {
        final Tensor x = y.input(0);
        final Tensor means = y.input(3);
        final Tensor scales = y.input(4);
        return switch (i) {
            case 0 -> g.normalizeRows(x, y.input(1), means, scales);
            case 1 -> g.normalizeGamma(x, means, scales);
            default -> g.sum(0);
        };
    }

    /** The derivative of a scale s by a number of its column is -s^3 (x - mean) / rows. */
    private static Tensor ofScales(final Tensor y, final Tensor g, final int i) {
        final Tensor x = y.input(0);
        return x.sub(x.columnMeans()).mul(g.mul(y.pow(3)).mul(-1.0 / rows(x)));
    }

    /**
     * Of gamma s (g - mean(g) - c s^2 mean(g c)), where s are the scales, c is x less the means, and mean that of each column.
     */
    private static Tensor ofRows(final Tensor y, final Tensor u, final int i) {
        final Tensor g = y.input(0);
        final Tensor x = y.input(1);
        final Tensor gamma = y.input(2);
        final Tensor means = y.input(3);
        final Tensor s = y.input(4);
        return switch (i) {
            case 0 -> u.normalizeRows(x, gamma, means, s);
            case 1 -> byCentered(y, u);
            case 2 ->
                u.mul(g.normalizeRows(x, gamma.filled(1, gamma.sizes()), means, s))
                        .sum(0);
            case 3 -> byCentered(y, u).sum(0).neg();
            default -> {
                final Tensor c = x.sub(means);
                final Tensor first = u.mul(g.sub(g.mean(0))).sum(0);
                final Tensor second =
                        u.mul(c).sum(0).mul(g.mul(c).mean(0)).mul(s.square()).mul(-3);
                yield gamma.mul(first.add(second));
            }
        };
    }

    private static Tensor byCentered(final Tensor y, final Tensor u) {
        final Tensor g = y.input(0);
        final Tensor c = y.input(1).sub(y.input(3));
        final Tensor factor = y.input(2).mul(y.input(4).pow(3)).neg();
        return u.mul(g.mul(c).mean(0)).add(g.mul(u.mul(c).mean(0))).mul(factor);
    }

    private static Tensor ofGamma(final Tensor y, final Tensor v, final int i) {
        final Tensor g = y.input(0);
        final Tensor centered = y.input(1).sub(y.input(2));
        final Tensor scaled = v.mul(y.input(3));
        return switch (i) {
            case 0 -> centered.mul(scaled);
            case 1 -> g.mul(scaled);
            case 2 -> g.sum(0).mul(scaled).neg();
            default -> g.mul(centered).sum(0).mul(v);
        };
    }
}
