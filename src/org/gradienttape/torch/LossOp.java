package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import org.gradienttape.loss.Loss;

/** What a loss computes. */
@FunctionalInterface
interface LossOp {
    /** What each loss of the package loss computes. */
    Map<Loss, LossOp> ALL = Map.of(
            Loss.SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS, LossOp::sparseCategoricalCrossentropy,
            Loss.BINARY_CROSSENTROPY_FROM_LOGITS, LossOp::binaryCrossentropy);

    /**
     * @param predictions [batch, columns]
     * @param labels [batch, 1]; classes as int64, or for binary losses also numbers as float32
     * @return the mean over the batch, shape []
     */
    NDArray value(NDArray predictions, NDArray labels);

    /** -log softmax(logits)[label] in nats, averaged over the batch. */
    private static NDArray sparseCategoricalCrossentropy(final NDArray logits, final NDArray labels) {
        return logits.logSoftmax(1).gather(labels, 1).mean().neg();
    }

    /**
     * log(1 + exp(x)) - x * label for the logit x: the cross-entropy -label * log sigmoid(x) - (1 - label) * log(1 -
     * sigmoid(x)) in a form that does not overflow, averaged over the batch. Labels may leave [0, 1] slightly, since the
     * GAN step adds label noise.
     */
    private static NDArray binaryCrossentropy(final NDArray logits, final NDArray labels) {
        final NDArray targets = labels.toType(DataType.FLOAT32, false);
        return ai.djl.nn.Activation.softPlus(logits).sub(logits.mul(targets)).mean();
    }
}
