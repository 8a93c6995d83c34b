package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.gradienttape.loss.Loss;

/** What a loss computes. */
@FunctionalInterface
interface LossOp {
    /** Keras' epsilon, which keeps logarithms of probabilities finite. */
    double EPSILON = 1e-7;

    /** What the losses without numbers of their own compute. */
    Map<Class<? extends Loss>, LossOp> ALL = Map.of(
            Loss.SparseCategoricalCrossentropy.class, LossOp::sparseCategoricalCrossentropy,
            Loss.CategoricalCrossentropy.class, LossOp::categoricalCrossentropy,
            Loss.BinaryCrossentropy.class, LossOp::binaryCrossentropy,
            Loss.MeanSquaredError.class, LossOp::meanSquaredError,
            Loss.MeanAbsoluteError.class, LossOp::meanAbsoluteError,
            Loss.Hinge.class, LossOp::hinge,
            Loss.KlDivergence.class, LossOp::klDivergence);

    static LossOp of(final Loss loss) {
        return loss instanceof Loss.Huber huber
                ? (predictions, labels) -> huber(predictions, labels, huber.delta())
                : ALL.get(loss.getClass());
    }

    /**
     * @param predictions [batch, columns]
     * @param labels the classes, [batch, 1], int64; but for the sparse loss also targets, [batch, columns], float32
     * @return the loss of the batch, shape []
     */
    NDArray value(NDArray predictions, NDArray labels);

    private static NDArray sparseCategoricalCrossentropy(final NDArray logits, final NDArray labels) {
        return logits.logSoftmax(1).gather(labels, 1).mean().neg();
    }

    private static NDArray categoricalCrossentropy(final NDArray logits, final NDArray labels) {
        return logits.logSoftmax(1)
                .mul(targets(logits, labels))
                .sum(new int[] {1})
                .mean()
                .neg();
    }

    /**
     * log(1 + exp(x)) - x * target for the logit x: the cross-entropy in a form that does not overflow. Targets may
     * leave [0, 1] slightly, since the GAN step adds label noise.
     */
    private static NDArray binaryCrossentropy(final NDArray logits, final NDArray labels) {
        return ai.djl.nn.Activation.softPlus(logits)
                .sub(logits.mul(targets(logits, labels)))
                .mean();
    }

    private static NDArray meanSquaredError(final NDArray predictions, final NDArray labels) {
        return predictions.sub(targets(predictions, labels)).square().mean();
    }

    private static NDArray meanAbsoluteError(final NDArray predictions, final NDArray labels) {
        return predictions.sub(targets(predictions, labels)).abs().mean();
    }

    /** q^2 / 2 + delta * (|e| - q) for the error e and its part q up to delta. */
    private static NDArray huber(final NDArray predictions, final NDArray labels, final double delta) {
        final NDArray error = predictions.sub(targets(predictions, labels)).abs();
        final NDArray limit = number(delta, predictions);
        final NDArray part = error.minimum(limit);
        return part.square()
                .mul(number(0.5, predictions))
                .add(error.sub(part).mul(limit))
                .mean();
    }

    /** The signs are 2 * target - 1. */
    private static NDArray hinge(final NDArray predictions, final NDArray labels) {
        final NDArray one = number(1, predictions);
        final NDArray signs =
                targets(predictions, labels).mul(number(2, predictions)).sub(one);
        return ai.djl.nn.Activation.relu(one.sub(signs.mul(predictions))).mean();
    }

    private static NDArray klDivergence(final NDArray probabilities, final NDArray labels) {
        final NDArray targets = clip(targets(probabilities, labels));
        return targets.mul(targets.div(clip(probabilities)).log())
                .sum(new int[] {1})
                .mean();
    }

    /** One-hot where there is an output per class, the label itself where there is one output. */
    private static NDArray targets(final NDArray predictions, final NDArray labels) {
        if (labels.getDataType() == DataType.FLOAT32) {
            return labels;
        }
        return predictions.size(1) == 1
                ? labels.toType(DataType.FLOAT32, false)
                : labels.reshape(labels.size(0)).oneHot((int) predictions.size(1));
    }

    private static NDArray clip(final NDArray values) {
        return values.maximum(number(EPSILON, values)).minimum(number(1, values));
    }

    /** A constant in the engine's own memory; see {@link ForwardPass#number}. */
    private static NDArray number(final double value, final NDArray neighbour) {
        return neighbour.getManager().full(new Shape(), (float) value);
    }
}
