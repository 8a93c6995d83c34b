package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.gradienttape.loss.Loss;

/** What a loss computes. */
@FunctionalInterface
interface LossOp {
    /** What each loss of the package loss computes. */
    Map<Loss, LossOp> ALL =
            Map.of(Loss.SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS, LossOp::sparseCategoricalCrossentropy);

    /**
     * @param predictions [batch, columns]
     * @param labels [batch, 1], int64
     * @return the mean over the batch, shape []
     */
    NDArray value(NDArray predictions, NDArray labels);

    /** -log softmax(logits)[label] in nats, averaged over the batch. */
    private static NDArray sparseCategoricalCrossentropy(final NDArray logits, final NDArray labels) {
        return logits.logSoftmax(1).gather(labels, 1).mean().neg();
    }
}
