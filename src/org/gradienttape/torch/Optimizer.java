package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.gradienttape.optimizer.OptimizerConfig;

/** Changes weights in place by their gradients; holds the state of one run. */
interface Optimizer {
    /**
     * @param weights what it changes at each update
     * @param run owner of the optimizer's state
     */
    static Optimizer of(final OptimizerConfig config, final List<NDArray> weights, final NDManager run) {
        if (config instanceof OptimizerConfig.Adam adam) {
            return new Adam(adam, weights, run);
        }
        if (config instanceof OptimizerConfig.Sgd sgd) {
            return sgd.momentum() == 0 ? new Sgd(sgd, weights, run) : new MomentumSgd(sgd, weights, run);
        }
        throw new IllegalArgumentException("no update rule for " + config);
    }

    /**
     * One update.
     *
     * @param gradients one per weight; used up
     */
    void update(List<NDArray> gradients);

    /** The step size of the next update. */
    double learningRate();
}
