package org.gradienttape.loss;

import java.util.Arrays;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;

/**
 * What training minimises: one number per batch, with Keras' names, numbers and reductions (keras.io/api/losses).
 *
 * <p>Where each sample has a class, a network of several outputs has one per class, and the target is 1 at the label and 0
 * elsewhere (one-hot); a network of one output has the label itself as its target. Where each sample has numbers, there is
 * an output for each. Samples that count differently have a weight, which multiplies their part before the mean is taken, as in
 * Keras. The functions are those of the guide's {@code loss_fn(y, logits)}.
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
     * The loss of a batch whose samples count alike.
     *
     * @param y what is true: classes, [batch] or [batch, 1], of steps [batch, steps], int64; or numbers of the predictions' shape,
     *     float32 or int64
     * @param predictions [batch, outputs], or of any shape that y has, too; of classes for each step [batch, steps, outputs]
     * @return one number, shape []
     */
    default Tensor call(final Tensor y, final Tensor predictions) {
        if (y == null || predictions == null) {
            throw new TensorException("a loss needs what is true and predictions, but one of them is null");
        }
        return call(y, predictions, Optional.empty());
    }

    /**
     * The loss of a batch.
     *
     * @param y what is true: classes, [batch] or [batch, 1], of steps [batch, steps], int64; or numbers of the predictions' shape,
     *     float32 or int64
     * @param predictions [batch, outputs], or of any shape that y has, too; of classes for each step [batch, steps, outputs]
     * @param weights how much each sample counts, [batch], or each step of each sample, [batch, steps]; float32
     * @return one number, shape []
     */
    Tensor call(Tensor y, Tensor predictions, Optional<Tensor> weights);

    /** Keras' epsilon, which keeps logarithms of probabilities finite. */
    double EPSILON = 1e-7;

    /** -log softmax(logits)[label] in nats, the mean over the samples. One logit per class. */
    record SparseCategoricalCrossentropy() implements Loss {
        @Override
        public Tensor call(final Tensor y, final Tensor predictions, final Optional<Tensor> weights) {
            if (predictions.rank() > 2) {
                return ofSteps(this, y, predictions, weights);
            }
            if (predictions.rank() < 2 || y.rank() == 0 || y.size() != predictions.size(0)) {
                throw new TensorException(
                        "the loss needs classes of the shape [batch] and then predictions of the shape"
                                + " [batch, classes], but it got " + Arrays.toString(y.shape()) + " and "
                                + Arrays.toString(predictions.shape()));
            }
            // the mean of nll is linear in the logarithms, so a weight can stand before it
            return weighted(predictions.logSoftmax(1), weights).nll(y.reshape(y.size(0)));
        }
    }

    /**
     * -sum(target * log softmax(logits)) in nats, the mean over the samples. One logit per class. With the one-hot
     * targets of a dataset it is {@link SparseCategoricalCrossentropy}; others, for example smoothed ones, make the
     * difference.
     */
    record CategoricalCrossentropy() implements Loss {
        @Override
        public Tensor call(final Tensor y, final Tensor predictions, final Optional<Tensor> weights) {
            if (predictions.rank() > 2) {
                return ofSteps(this, y, predictions, weights);
            }
            final Tensor sums =
                    predictions.logSoftmax(1).mul(targets(y, predictions)).sum(1);
            return weighted(sums, weights).mean().neg();
        }
    }

    /**
     * -target * log sigmoid(logit) - (1 - target) * log(1 - sigmoid(logit)) in nats, the mean over all outputs. One
     * logit, that of label 1.
     */
    record BinaryCrossentropy() implements Loss {
        @Override
        public Tensor call(final Tensor y, final Tensor predictions, final Optional<Tensor> weights) {
            // softplus(x) - x * target for the logit x: a form that does not overflow
            final Tensor logits = rows(predictions);
            return weighted(logits.softplus().sub(logits.mul(targets(y, logits))), weights)
                    .mean();
        }
    }

    /** (output - target)^2, the mean over all outputs. */
    record MeanSquaredError() implements Loss {
        @Override
        public Tensor call(final Tensor y, final Tensor predictions, final Optional<Tensor> weights) {
            return weighted(errors(y, predictions).square(), weights).mean();
        }
    }

    /** |output - target|, the mean over all outputs. */
    record MeanAbsoluteError() implements Loss {
        @Override
        public Tensor call(final Tensor y, final Tensor predictions, final Optional<Tensor> weights) {
            return weighted(errors(y, predictions).abs(), weights).mean();
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
        public Tensor call(final Tensor y, final Tensor predictions, final Optional<Tensor> weights) {
            final Tensor sizes = errors(y, predictions).abs();
            final Tensor parts = sizes.minimum(delta);
            return weighted(parts.square().mul(0.5).add(sizes.sub(parts).mul(delta)), weights)
                    .mean();
        }
    }

    /**
     * max(0, 1 - sign * output), the sign being 1 where the target is 1 and -1 where it is 0; the mean over all outputs. If there
     * are other numbers among the targets of a batch, such as -1, they are all signs as they are, as in Keras.
     */
    record Hinge() implements Loss {
        @Override
        public Tensor call(final Tensor y, final Tensor predictions, final Optional<Tensor> weights) {
            final Tensor outputs = rows(predictions);
            final Tensor targets = targets(y, outputs);
            final Tensor ofClasses = targets.mul(2).sub(1);
            final Tensor signs =
                    areNumbers(y, outputs) ? ofClasses.where(areZerosAndOnes(targets), targets) : ofClasses;
            return weighted(signs.mul(outputs).neg().add(1).relu(), weights).mean();
        }

        /** They alone are their own squares. */
        private static Tensor areZerosAndOnes(final Tensor targets) {
            return targets.square().sub(targets).abs().sum().eq(0);
        }
    }

    /**
     * sum(target * log(target / probability)) in nats, both kept within 1e-7 and 1, the mean over the samples. One
     * probability per class: let the network end with softmax.
     */
    record KlDivergence() implements Loss {
        @Override
        public Tensor call(final Tensor y, final Tensor predictions, final Optional<Tensor> weights) {
            if (predictions.rank() > 2) {
                return ofSteps(this, y, predictions, weights);
            }
            final Tensor targets = targets(y, predictions).clip(EPSILON, 1);
            final Tensor sums =
                    targets.mul(targets.div(predictions.clip(EPSILON, 1)).log()).sum(1);
            return weighted(sums, weights).mean();
        }
    }

    /**
     * What samples cost, each multiplied by its weight.
     *
     * @param costs [batch] or [batch, outputs]; of sequences, [batch, steps x outputs of a step]
     */
    static Tensor weighted(final Tensor costs, final Optional<Tensor> weights) {
        return weights.map(own -> own.rank() == 2
                        ? costs.reshape(own.size(0), own.size(1), costs.size(1) / own.size(1))
                                .mul(own.unsqueeze(2))
                        : costs.mul(costs.rank() == 1 ? own : own.reshape(own.size(0), 1)))
                .orElse(costs);
    }

    /**
     * How much samples count where some steps of their sequences do not: the mean over all steps becomes that over the steps
     * that count, as in Keras; 0 where none does.
     *
     * @param weights of the samples, [batch]
     * @param mask [batch, steps], 1 for a step that counts and 0 for one that does not
     */
    static Optional<Tensor> weights(final Optional<Tensor> weights, final Optional<Tensor> mask) {
        return mask.map(steps -> {
                    final Tensor counted = steps.div(steps.mean().maximum(EPSILON));
                    return weights.map(own -> counted.mul(own.unsqueeze(1))).orElse(counted);
                })
                .or(() -> weights);
    }

    /** Each step of each sequence counts as a sample does: the mean over all. */
    private static Tensor ofSteps(
            final Loss loss, final Tensor y, final Tensor predictions, final Optional<Tensor> weights) {
        final long[] shape = predictions.shape();
        final long[] steps = Arrays.copyOf(shape, shape.length - 1);
        final boolean areClasses = y.type() == NumberType.INT64 && y.rank() == steps.length;
        if (!Arrays.equals(y.shape(), areClasses ? steps : shape)) {
            throw new TensorException("predictions of the shape " + Arrays.toString(shape)
                    + " need classes of the shape "
                    + Arrays.toString(steps) + ", or numbers of their own shape, but the targets have the shape "
                    + Arrays.toString(y.shape()));
        }
        final long outputs = shape[shape.length - 1];
        final long ofSample = Arrays.stream(steps).skip(1).reduce(1, (one, other) -> one * other);
        final Optional<Tensor> ofEach =
                weights.map(own -> own.rank() == 1 ? own.reshape(own.size(0), 1).expand(own.size(0), ofSample) : own);
        return loss.call(
                areClasses ? y.reshape(-1) : y.reshape(-1, outputs),
                predictions.reshape(-1, outputs),
                ofEach.map(own -> own.reshape(-1)));
    }

    private static Tensor errors(final Tensor y, final Tensor predictions) {
        final Tensor rows = rows(predictions);
        return rows.sub(targets(y, rows));
    }

    /** [batch, outputs]. */
    private static Tensor rows(final Tensor predictions) {
        return predictions.rank() == 2
                ? predictions
                : predictions.reshape(predictions.size(0), predictions.size() / predictions.size(0));
    }

    /**
     * As many numbers as there are outputs as they are, whole ones, too, and so the label itself where there is one output; classes
     * one-hot.
     */
    private static Tensor targets(final Tensor y, final Tensor predictions) {
        final long outputs = predictions.size(1);
        return areNumbers(y, predictions)
                ? y.toFloat().reshape(y.size(0), outputs)
                : y.reshape(y.size(0)).oneHot((int) outputs);
    }

    private static boolean areNumbers(final Tensor y, final Tensor predictions) {
        return y.type() == NumberType.FLOAT32 || y.size() == predictions.size();
    }
}
