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

    /** The gradient of what was transposed is made as it lay before that: what comes next goes along its rows. */
    private static Tensor ofProduct(final Tensor y, final Tensor g, final int i) {
        final Tensor a = y.input(0);
        final Tensor b = y.input(1);
        final Tensor gradient;
        if (isTransposed(y.input(i))) {
            gradient = (i == 0 ? b.matmul(g.transpose()) : g.transpose().matmul(a)).transpose();
        } else {
            gradient = i == 0 ? g.matmul(b.transpose()) : a.transpose().matmul(g);
        }
        return gradient.sumTo(y.input(i));
    }

    /** Whether it is another look at a tensor, with its last two axes exchanged. */
    private static boolean isTransposed(final Tensor tensor) {
        if (tensor.operation() != Form.PERMUTE) {
            return false;
        }
        final int last = tensor.rank() - 1;
        for (int axis = 0; axis < last - 1; axis++) {
            if (tensor.attribute(axis) != axis) {
                return false;
            }
        }
        return tensor.attribute(last) == last - 1L;
    }
}
