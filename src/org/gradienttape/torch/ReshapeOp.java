package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The same numbers in the layer's output shape; serves Reshape and Flatten. */
final class ReshapeOp implements LayerOp {
    private static final long BATCH = -1;

    private final Shape target;

    ReshapeOp(final LayerOps.Site site) {
        final IntStream sample = site.node().output().dimensions().stream().mapToInt(Integer::intValue);
        this.target = new Shape(
                LongStream.concat(LongStream.of(BATCH), sample.asLongStream()).toArray());
    }

    @Override
    public NDArray forward(final NDArray input, final ForwardPass pass) {
        return input.reshape(target);
    }
}
