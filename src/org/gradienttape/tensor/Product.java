package org.gradienttape.tensor;

import java.util.Arrays;

/** Products of matrices. */
public enum Product implements Operation {
    /** Of the last two axes; the axes before are combined as those of numbers are. */
    MATMUL(2, Product::product, Product::ofProduct);

    private static final int BASE = 700;

    private final Rules rules;

    Product(final int differentiable, final ShapeRule shape, final GradientRule gradient) {
        this.rules = new Rules(BASE + ordinal(), differentiable, shape, gradient);
    }

    @Override
    public Rules rules() {
        return rules;
    }

    private static TensorSpec product(final long[] attributes, final Tensor[] in) {
        in[0].needsFloats();
        in[1].needsFloats();
        final long[] a = in[0].sizes();
        final long[] b = in[1].sizes();
        if (a.length < 2 || b.length < 2 || a[a.length - 1] != b[b.length - 2]) {
            throw new TensorException("the shapes " + Shapes.text(a) + " and " + Shapes.text(b) + " do not fit; both"
                    + " need two axes or more, and the first one as many columns as the second has rows");
        }
        final long[] before = Arithmetic.broadcast(Arrays.copyOf(a, a.length - 2), Arrays.copyOf(b, b.length - 2));
        final long[] out = Arrays.copyOf(before, before.length + 2);
        out[before.length] = a[a.length - 2];
        out[before.length + 1] = b[b.length - 1];
        return TensorSpec.floats(out);
    }

    private static Tensor ofProduct(final Tensor y, final Tensor g, final int i) {
        return (i == 0
                        ? g.matmul(y.input(1).transpose())
                        : y.input(0).transpose().matmul(g))
                .sumTo(y.input(i));
    }
}
