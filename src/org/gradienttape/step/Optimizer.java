package org.gradienttape.step;

import java.util.List;

/** Updates weights by their gradients, as Keras' optimizers do; keeps its state, such as momentum, for the whole run. */
public interface Optimizer {
    /**
     * One update: the guide's {@code optimizer.apply(grads, model.trainable_weights)}.
     *
     * @param gradients one per weight, with its shape; the update may overwrite them, so report or compare them first
     * @param weights the same weights in the same order in every call
     */
    void apply(List<? extends Tensor> gradients, List<? extends Variable> weights);

    /** The step size of the next update. */
    double learningRate();
}
