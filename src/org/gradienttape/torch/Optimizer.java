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
        if (config instanceof OptimizerConfig.Sgd sgd) {
            return sgd.momentum() == 0 ? new Sgd(weights, run) : new MomentumSgd(sgd, weights, run);
        }
        if (config instanceof OptimizerConfig.Adam adam) {
            return new Adam(adam, weights, run);
        }
        if (config instanceof OptimizerConfig.AdamW adamW) {
            return new AdamW(adamW, weights, run);
        }
        if (config instanceof OptimizerConfig.Nadam nadam) {
            return new Nadam(nadam, weights, run);
        }
        if (config instanceof OptimizerConfig.RmsProp rmsProp) {
            return new RmsProp(rmsProp, weights, run);
        }
        if (config instanceof OptimizerConfig.Adagrad adagrad) {
            return new Adagrad(adagrad, weights, run);
        }
        throw new IllegalArgumentException("no update rule for " + config);
    }

    /**
     * One update.
     *
     * @param gradients one per weight; used up
     * @param learningRate the step size of this update
     */
    void update(List<NDArray> gradients, double learningRate);

    /** State of the optimizer: one array like each weight, all of one value. */
    static List<NDArray> likeEach(final List<NDArray> weights, final double value, final NDManager run) {
        return weights.stream()
                .map(weight -> run.full(weight.getShape(), (float) value))
                .toList();
    }
}
