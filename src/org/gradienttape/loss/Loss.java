package org.gradienttape.loss;

import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Tensor;

/**
 * What training minimises: one number per batch, with Keras' names, numbers and reductions (keras.io/api/losses).
 *
 * <p>A dataset has an integer label for each sample. A network of several outputs has one per class, and the target is
 * 1 at the label and 0 elsewhere (one-hot). A network of one output has the label itself as its target. The functions
 * are those of the guide's {@code loss_fn(y, logits)}.
 */
public sealed interface Loss
        permits Loss.SparseCategoricalCrossentropy,
                Loss.CategoricalCrossentropy,
                Loss.BinaryCrossentropy,
                Loss.MeanSquaredError,
                Loss.MeanAbsoluteError,
                Loss.Huber,
                Loss.Hinge,
                Loss.KlDivergence,
                CustomLoss {
    /**
     * The loss of a batch.
     *
     * @param y what is true: classes, [batch] or [batch, 1], int64; for one output also numbers, float32
     * @param predictions [batch, outputs]
     * @return one number, shape []
     */
    Tensor call(Tensor y, Tensor predictions);

    /** Keras' epsilon, which keeps logarithms of probabilities finite. */
    double EPSILON = 1e-7;

    /** -log softmax(logits)[label] in nats, the mean over the samples. One logit per class. */
    record SparseCategoricalCrossentropy() implements Loss {
        @Override
        public Tensor call(final Tensor y, final Tensor predictions) {
            return predictions.logSoftmax(1).nll(y.reshape(y.size(0)));
        }
    }

    /**
     * -sum(target * log softmax(logits)) in nats, the mean over the samples. One logit per class. With the one-hot
     * targets of a dataset it is {@link SparseCategoricalCrossentropy}; others, for example smoothed ones, make the
     * difference.
     */
    record CategoricalCrossentropy() implements Loss {
        @Override
        public Tensor call(final Tensor y, final Tensor predictions) {
            return predictions
                    .logSoftmax(1)
                    .mul(targets(y, predictions))
                    .sum(1)
                    .mean()
                    .neg();
        }
    }

    /**
     * -target * log sigmoid(logit) - (1 - target) * log(1 - sigmoid(logit)) in nats, the mean over all outputs. One
     * logit, that of label 1.
     */
    record BinaryCrossentropy() implements Loss {
        @Override
        public Tensor call(final Tensor y, final Tensor predictions) {
            // softplus(x) - x * target for the logit x: a form that does not overflow
            return predictions
                    .softplus()
                    .sub(predictions.mul(targets(y, predictions)))
                    .mean();
        }
    }

    /** (output - target)^2, the mean over all outputs. */
    record MeanSquaredError() implements Loss {
        @Override
        public Tensor call(final Tensor y, final Tensor predictions) {
            return predictions.sub(targets(y, predictions)).square().mean();
        }
    }

    /** |output - target|, the mean over all outputs. */
    record MeanAbsoluteError() implements Loss {
        @Override
        public Tensor call(final Tensor y, final Tensor predictions) {
            return predictions.sub(targets(y, predictions)).abs().mean();
        }
    }

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

        /** q^2 / 2 + delta * (|e| - q) for the error e and its part q up to delta. */
        @Override
        public Tensor call(final Tensor y, final Tensor predictions) {
            final Tensor sizes = predictions.sub(targets(y, predictions)).abs();
            final Tensor parts = sizes.minimum(delta);
            return parts.square().mul(0.5).add(sizes.sub(parts).mul(delta)).mean();
        }
    }

    /** max(0, 1 - sign * output), the sign being 1 where the target is 1 and -1 where it is 0; the mean over all outputs. */
    record Hinge() implements Loss {
        @Override
        public Tensor call(final Tensor y, final Tensor predictions) {
            final Tensor signs = targets(y, predictions).mul(2).sub(1);
            return signs.mul(predictions).neg().add(1).relu().mean();
        }
    }

    /**
     * sum(target * log(target / probability)) in nats, both kept within 1e-7 and 1, the mean over the samples. One
     * probability per class: let the network end with softmax.
     */
    record KlDivergence() implements Loss {
        @Override
        public Tensor call(final Tensor y, final Tensor predictions) {
            final Tensor targets = targets(y, predictions).clip(EPSILON, 1);
            return targets.mul(targets.div(predictions.clip(EPSILON, 1)).log())
                    .sum(1)
                    .mean();
        }
    }

    /** One-hot where there is an output per class, the label itself where there is one output: [batch, outputs]. */
    private static Tensor targets(final Tensor y, final Tensor predictions) {
        final int outputs = (int) predictions.size(1);
        if (outputs == 1 || y.type() == NumberType.FLOAT32 && y.rank() == 2) {
            return y.toFloat().reshape(y.size(0), outputs);
        }
        return y.reshape(y.size(0)).oneHot(outputs);
    }
}
