package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/** The running means of the gradients and of their squares, one of each per weight: what Adam and its kin remember. */
final class Moments {
    private final List<NDArray> means;
    private final List<NDArray> squares;
    private final NDArray beta1;
    private final NDArray beta2;
    private final NDArray rest1;
    private final NDArray rest2;

    /**
     * @param beta1 how much of the mean an update keeps
     * @param beta2 how much of the mean of squares it keeps
     * @param run owner of the state
     */
    Moments(final double beta1, final double beta2, final List<NDArray> weights, final NDManager run) {
        this.means = Optimizer.likeEach(weights, 0, run);
        this.squares = Optimizer.likeEach(weights, 0, run);
        this.beta1 = run.create((float) beta1);
        this.beta2 = run.create((float) beta2);
        this.rest1 = run.create((float) (1 - beta1));
        this.rest2 = run.create((float) (1 - beta2));
    }

    /** Takes one weight's gradient in: m = beta1 * m + (1 - beta1) * g, v = beta2 * v + (1 - beta2) * g * g. */
    void take(final int place, final NDArray gradient) {
        squares.get(place).muli(beta2).addi(gradient.square().muli(rest2));
        means.get(place).muli(beta1).addi(gradient.mul(rest1));
    }

    /** m of one weight. */
    NDArray mean(final int place) {
        return means.get(place);
    }

    /** v of one weight. */
    NDArray square(final int place) {
        return squares.get(place);
    }
}
