package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** One batch on its way through a network: what the layers need, and what they leave beside their output. */
final class ForwardPass {
    /** What the pass is for. */
    enum Mode {
        /** The network learns from this batch. */
        TRAINING,
        /** Another network learns from this batch; this one works as in training, but nothing of it changes. */
        TRAINING_OTHER,
        INFERENCE
    }

    private final NDManager arrays;
    private final List<NDArray> weights;
    private final Mode mode;
    private NDArray addedLosses;

    /**
     * @param arrays owner of everything that the pass computes
     * @param weights of the network, in its order
     */
    ForwardPass(final NDManager arrays, final List<NDArray> weights, final Mode mode) {
        this.arrays = arrays;
        this.weights = weights;
        this.mode = mode;
    }

    NDManager arrays() {
        return arrays;
    }

    /** One weight, by its place in the network's order. */
    NDArray weight(final int place) {
        return weights.get(place);
    }

    /**
     * A constant, shape []. Its memory is the engine's, unlike that of constants that DJL makes from Java numbers:
     * those may be collected while the tape still needs them.
     */
    NDArray number(final double value) {
        return arrays.full(new Shape(), (float) value);
    }

    boolean isTraining() {
        return mode != Mode.INFERENCE;
    }

    /** Whether layers that keep statistics of the batches they see take this one in. */
    boolean updatesStatistics() {
        return mode == Mode.TRAINING;
    }

    /**
     * Takes a loss in that a layer adds.
     *
     * @param loss one number, shape []
     */
    void addLoss(final NDArray loss) {
        addedLosses = addedLosses == null ? loss : addedLosses.add(loss);
    }

    /** Whether a layer added a loss. */
    boolean addsLosses() {
        return addedLosses != null;
    }

    /** The sum of all losses that layers added, shape []. */
    NDArray addedLosses() {
        return addedLosses;
    }

    /** The loss of the data plus all losses that layers added. */
    NDArray total(final NDArray dataLoss) {
        return addedLosses == null ? dataLoss : dataLoss.add(addedLosses);
    }
}
