package org.gradienttape.step;

import java.util.List;

/** A network of the run, with its weights. */
public interface Model {
    /**
     * The output for a batch: the guide's {@code model(x, training=True)}. What it computes inside a
     * {@link GradientTape} is recorded.
     *
     * @param x [batch, the model's input shape]
     * @return [batch, the model's output shape]
     */
    Tensor call(Tensor x, Mode mode);

    /**
     * The sum of the losses that layers such as ActivityRegularization added in the last call: the guide's
     * {@code sum(model.losses)}.
     *
     * @return one number, shape []; 0 if no layer adds a loss
     */
    Tensor losses();

    /** All weights, in the order of the layers, including those that are not trained. */
    List<Variable> weights();

    /** The weights that an optimizer changes, in the order of the layers: {@code model.trainable_weights}. */
    List<Variable> trainableWeights();
}
