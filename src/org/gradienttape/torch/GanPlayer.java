package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.random.RandomGenerator;

/** One of the two networks of a run: what it computes, its weights and its optimizer. */
final class GanPlayer {
    private final NetworkOp network;
    private final ResidentWeights weights;
    private final Optimizer optimizer;
    private final double learningRate;

    /**
     * @param random of the run, for layers that draw numbers
     * @param run owner of weights and optimizer state
     */
    GanPlayer(final GanJob.Player player, final RandomGenerator random, final NDManager run) {
        this.network = new NetworkOp(player.model().network(), random);
        this.weights =
                new ResidentWeights(player.model().network(), player.model().weights(), run);
        this.optimizer = Optimizer.of(player.optimizer(), weights.trainable(), run);
        this.learningRate = player.optimizer().learningRate();
    }

    /** The output without any change of this network. */
    NDArray forward(final NDArray input, final ForwardPass.Mode mode, final NDManager step) {
        return network.forward(input, new ForwardPass(step, weights.arrays(), mode));
    }

    /** A pass that learns. */
    ForwardPass pass(final List<NDArray> watched, final NDManager step) {
        return new ForwardPass(step, weights.with(watched), ForwardPass.Mode.TRAINING);
    }

    NDArray forward(final NDArray input, final ForwardPass pass) {
        return network.forward(input, pass);
    }

    /** What a tape has to watch. */
    List<NDArray> trainable() {
        return weights.trainable();
    }

    void update(final List<NDArray> gradients) {
        optimizer.update(gradients, learningRate);
    }

    ResidentWeights weights() {
        return weights;
    }
}
