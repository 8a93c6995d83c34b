package org.gradienttape.loss;

import java.util.Arrays;
import java.util.Optional;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;

/**
 * A loss that a user writes in Java. A run makes one object of the class, with the constructor without arguments. Tensors end
 * with their step, so what is kept in fields must be numbers of Java.
 */
@FunctionalInterface
public non-sealed interface CustomLoss extends Loss {
    /**
     * The loss of a batch, in training and in validation.
     *
     * @param y the classes, [batch], int64; or what there is to learn as numbers, [batch, outputs], float32
     * @param predictions [batch, outputs]
     * @return one number for each sample, [batch], or for each step of its sequence, [batch, steps], whose mean is taken,
     *     after samples and steps that count differently were weighted; or one number, shape [], if all count alike
     */
    @Override
    Tensor call(Tensor y, Tensor predictions);

    /** Weighs and averages what {@link #call(Tensor, Tensor)} gives. */
    @Override
    default Tensor call(final Tensor y, final Tensor predictions, final Optional<Tensor> weights) {
        final Tensor value = call(y, predictions);
        if (value == null) {
            throw new TensorException("call must return the loss, but it returned null");
        }
        if (value.type() != NumberType.FLOAT32) {
            throw new TensorException("call must return float numbers, but these are " + value.type()
                    + "; compute the loss by operations that gradients pass");
        }
        final boolean hasMask = weights.isPresent() && weights.get().rank() == 2;
        if (hasMask && !Arrays.equals(value.shape(), weights.get().shape())) {
            throw new TensorException(
                    "some steps of the sequences do not count, so the loss must give one number for each"
                            + " step, shape " + Arrays.toString(weights.get().shape()) + ", but its shape is "
                            + Arrays.toString(value.shape()));
        }
        if (hasMask || value.rank() == 1 && value.size() == predictions.size(0)) {
            return Loss.weighted(value, weights).mean();
        }
        if (weights.isPresent()) {
            throw new TensorException(
                    "samples count differently, so the loss must give one number for each of them, shape ["
                            + predictions.size(0) + "], but its shape is " + Arrays.toString(value.shape()));
        }
        return value;
    }

    /**
     * Whether the outputs are logits, Keras' {@code from_logits}. Precision, recall and AUC turn them into probabilities
     * first; other outputs are taken as they are.
     */
    default boolean fromLogits() {
        return false;
    }
}
