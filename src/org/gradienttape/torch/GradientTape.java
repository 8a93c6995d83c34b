package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/**
 * Records what is computed from watched weights, so that gradients can be taken. The twin of TensorFlow's GradientTape.
 *
 * <pre>{@code
 * try (GradientTape tape = new GradientTape(step)) {
 *     List<NDArray> watched = tape.watch(weights);
 *     NDArray loss = ...computed from watched...;
 *     List<NDArray> gradients = tape.gradient(loss, watched);
 * }
 * }</pre>
 *
 * <p>To watch a weight is to take an alias of it: the same numbers in the same memory, and a leaf of its own that
 * collects the gradient. The gradient lives and dies with the alias, so weights never hold one, nothing has to be set
 * to zero, and tapes on several threads do not know of each other.
 */
final class GradientTape implements AutoCloseable {
    private final NDManager arrays;
    private final boolean recordedBefore;

    /**
     * Starts to record, on the calling thread only.
     *
     * @param arrays owner of the aliases and gradients
     */
    GradientTape(final NDManager arrays) {
        this.arrays = arrays;
        this.recordedBefore = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
    }

    /** Aliases of the weights, in their order; what is computed from these is recorded. */
    List<NDArray> watch(final List<NDArray> weights) {
        return weights.stream().map(this::watch).toList();
    }

    private NDArray watch(final NDArray weight) {
        final NDArray alias = weight.stopGradient();
        alias.attach(arrays);
        alias.setRequiresGradient(true);
        return alias;
    }

    /**
     * The gradients of the loss, which ends the record: a second call for the same loss is an error.
     *
     * @param loss one number, shape []
     * @param watched aliases from {@link #watch}
     * @return one per alias, of its shape; zeros where the loss does not depend on it
     */
    List<NDArray> gradient(final NDArray loss, final List<NDArray> watched) {
        if (!loss.getShape().isScalar()) {
            throw new IllegalArgumentException("A loss is one number, but this one has the shape " + loss.getShape());
        }
        final NDArray one = arrays.ones(new Shape(), loss.getDataType());
        JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
        return watched.stream().map(NDArray::getGradient).toList();
    }

    /** Stops recording; what the thread did before goes on. */
    @Override
    public void close() {
        JniUtils.setGradMode(recordedBefore);
    }
}
