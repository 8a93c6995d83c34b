package org.gradienttape.loss;

/** What training minimises: one number per batch, the mean over its samples. */
public enum Loss {
    /**
     * Cross-entropy between integer labels and logits, in nats: -log softmax(logits)[label], averaged over the batch. The
     * network's output has one logit per class.
     */
    SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS,
    /**
     * Cross-entropy between labels of 0 or 1 and one logit, in nats: -label * log sigmoid(logit) - (1 - label) * log(1 -
     * sigmoid(logit)), averaged over the batch. The network's output is the logit of class 1.
     */
    BINARY_CROSSENTROPY_FROM_LOGITS
}
