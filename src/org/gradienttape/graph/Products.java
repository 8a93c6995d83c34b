package org.gradienttape.graph;

import java.util.OptionalInt;
import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Product;
import org.gradienttape.tensor.Tensor;

/**
 * How matrices are multiplied where the way matters. It follows from sizes and the processor alone, so that the same run always
 * has the same bits. libtorch calls MKL, which has AVX-512 for Intel's processors alone, and no good code for results of few columns.
 */
public enum Products {
    /** As libtorch does. */
    PLAIN(Long.MAX_VALUE),
    /** On AMD's Zen 4, which computes AVX-512 in two halves, oneDNN takes a little less time for large products. */
    ZEN_4(1 << 22),
    /** On AMD's Zen 5, oneDNN takes half the time of MKL. */
    ZEN_5(1 << 21);

    private static final int FAMILY_OF_ZEN_4 = 25;

    private static final long LEAST_INNER = 16;
    /** A left side that lies across memory is copied for oneDNN, which as many columns make up for. */
    private static final long WORTH_A_COPY = 128;

    /** MKL computes as many columns at once. */
    private static final long COLUMNS_AT_ONCE = 16;
    /** Of multiplications: from about here on, a narrow product is worth being turned. */
    private static final long WORTH_TURNING = 1 << 14;

    /** Of multiplications: from about here on, oneDNN's longer call is made up for. */
    private final long worthOneDnn;

    Products(final long worthOneDnn) {
        this.worthOneDnn = worthOneDnn;
    }

    /**
     * Those for a processor.
     *
     * @param amdFamily its family, if it is AMD's
     * @param hasAvx512 whether libtorch computes with AVX-512 there
     */
    public static Products of(final OptionalInt amdFamily, final boolean hasAvx512) {
        if (amdFamily.isEmpty() || !hasAvx512) {
            return PLAIN;
        }
        return amdFamily.getAsInt() > FAMILY_OF_ZEN_4 ? ZEN_5 : ZEN_4;
    }

    /** Whether it has so few columns that it takes less time with rows and columns in each other's place. */
    boolean isNarrow(final Tensor product) {
        return this != PLAIN
                && isOfMatrices(product)
                && product.size(1) > 1
                && product.size(1) < COLUMNS_AT_ONCE
                && product.size(0) >= COLUMNS_AT_ONCE
                && multiplications(product) >= WORTH_TURNING;
    }

    /** Whether oneDNN computes it. */
    boolean isOfOneDnn(final Tensor product) {
        return isOfMatrices(product)
                && product.input(0).size(1) >= LEAST_INNER
                && multiplications(product) >= worthOneDnn
                && (product.size(1) >= WORTH_A_COPY
                        || Graph.settled(product.input(0)).operation() != Form.PERMUTE);
    }

    private static boolean isOfMatrices(final Tensor product) {
        return product.operation() == Product.MATMUL
                && product.rank() == 2
                && product.input(0).rank() == 2
                && product.input(1).rank() == 2;
    }

    private static long multiplications(final Tensor product) {
        return product.size() * product.input(0).size(1);
    }

    /** oneDNN's call, which gets the right side with its columns as rows. */
    static String oneDnn(final String left, final String right) {
        return "ops.mkldnn._linear_pointwise(" + left + ", torch.t(" + right
                + "), None, \"none\", annotate(List[Optional[number]], []), None)";
    }
}
