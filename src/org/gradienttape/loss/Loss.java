package org.gradienttape.loss;

/** What training minimises: one number per batch, the mean over its samples. */
public enum Loss {
    /**
     * Cross-entropy between integer labels and logits, in nats: -log softmax(logits)[label], averaged over the batch. The
     * network's output has one logit per class.
     */
    SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS
}
