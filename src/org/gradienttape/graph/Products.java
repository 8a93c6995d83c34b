package org.gradienttape.graph;

import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Product;
import org.gradienttape.tensor.Tensor;

/** Which library multiplies matrices. It follows from sizes alone, so that the same run always has the same bits. */
public enum Products {
    /** The one that libtorch calls. */
    PLAIN,
    /**
     * oneDNN, for products that are worth its call. On AMD's processors with AVX-512 it takes half the time of the other one,
     * MKL, which has AVX-512 for Intel's alone.
     */
    ONEDNN;

    /** Of numbers: from about here on, oneDNN's longer call is made up for. */
    private static final long WORTH_A_CALL = 1 << 21;

    private static final long LEAST_INNER = 16;
    /** A left side that lies across memory is copied for oneDNN, which as many columns make up for. */
    private static final long WORTH_A_COPY = 128;

    /** Whether oneDNN computes it. */
    boolean takes(final Tensor product) {
        if (this == PLAIN
                || product.operation() != Product.MATMUL
                || product.rank() != 2
                || product.input(0).rank() != 2
                || product.input(1).rank() != 2) {
            return false;
        }
        final Tensor left = Graph.settled(product.input(0));
        final long inner = left.size(1);
        return inner >= LEAST_INNER
                && product.size() * inner >= WORTH_A_CALL
                && (left.operation() != Form.PERMUTE || product.size(1) >= WORTH_A_COPY);
    }

    /** The call, which takes the right side with its columns as rows. */
    static String call(final String left, final String right) {
        return "ops.mkldnn._linear_pointwise(" + left + ", torch.t(" + right
                + "), None, \"none\", annotate(List[Optional[number]], []), None)";
    }
}
