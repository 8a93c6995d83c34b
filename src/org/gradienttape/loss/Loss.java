package org.gradienttape.loss;

import org.gradienttape.error.InvalidInputException;

/**
 * What training minimises: one number per batch, with Keras' names, numbers and reductions (keras.io/api/losses).
 *
 * <p>A dataset has an integer label for each sample. A network of several outputs has one per class, and the target is
 * 1 at the label and 0 elsewhere (one-hot). A network of one output has the label itself as its target. The functions
 * stand in the package torch.
 */
public sealed interface Loss {
    /** -log softmax(logits)[label] in nats, the mean over the samples. One logit per class. */
    record SparseCategoricalCrossentropy() implements Loss {}

    /**
     * -sum(target * log softmax(logits)) in nats, the mean over the samples. One logit per class. With the one-hot
     * targets of a dataset it is {@link SparseCategoricalCrossentropy}; others, for example smoothed ones, make the
     * difference.
     */
    record CategoricalCrossentropy() implements Loss {}

    /**
     * -target * log sigmoid(logit) - (1 - target) * log(1 - sigmoid(logit)) in nats, the mean over all outputs. One
     * logit, that of label 1.
     */
    record BinaryCrossentropy() implements Loss {}

    /** (output - target)^2, the mean over all outputs. */
    record MeanSquaredError() implements Loss {}

    /** |output - target|, the mean over all outputs. */
    record MeanAbsoluteError() implements Loss {}

    /**
     * Squared for small errors e and linear for large ones (Huber, 1964): e^2 / 2 up to delta, delta * |e| - delta^2 / 2
     * beyond, the mean over all outputs.
     *
     * @param delta above 0; Keras' default 1
     */
    record Huber(double delta) implements Loss {
        public Huber {
            if (!(delta > 0 && delta <= Double.MAX_VALUE)) {
                throw new InvalidInputException(
                        "The delta of the Huber loss must be a number above 0, but it is " + delta + ".");
            }
        }
    }

    /** max(0, 1 - sign * output), the sign being 1 where the target is 1 and -1 where it is 0; the mean over all outputs. */
    record Hinge() implements Loss {}

    /**
     * sum(target * log(target / probability)) in nats, both kept within 1e-7 and 1, the mean over the samples. One
     * probability per class: let the network end with softmax.
     */
    record KlDivergence() implements Loss {}
}
