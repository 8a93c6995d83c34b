package org.gradienttape.step;

import java.util.List;

/** Changes weights by their gradients, as Keras' optimizers do; keeps its state, such as momentum, for the run. */
public interface Optimizer {
    /**
     * One update: the guide's {@code optimizer.apply(grads, model.trainable_weights)}.
     *
     * @param gradients one per weight, of its shape; an update may use them up, so report and compare them before it
     * @param weights the same ones in the same order at each call
     */
    void apply(List<? extends Tensor> gradients, List<? extends Variable> weights);

    /** The step size of the next update. */
    double learningRate();
}
