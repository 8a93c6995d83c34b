package org.gradienttape.loss;

import org.gradienttape.tensor.Tensor;

/**
 * A loss that a user writes in Java. A run makes one object of the class, with the constructor without arguments. Tensors end
 * with their step, so what is kept in fields must be numbers of Java.
 */
@FunctionalInterface
public non-sealed interface CustomLoss extends Loss {
    /**
     * The loss of a batch, in training and in validation.
     *
     * @param y the classes, [batch], int64
     * @param predictions [batch, outputs]
     * @return one number, shape [], for example the mean over the batch
     */
    @Override
    Tensor call(Tensor y, Tensor predictions);

    /**
     * Whether the outputs are logits, Keras' {@code from_logits}. Precision, recall and AUC turn them into probabilities
     * first; other outputs are taken as they are.
     */
    default boolean fromLogits() {
        return false;
    }
}
