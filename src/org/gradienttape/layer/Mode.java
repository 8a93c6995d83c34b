package org.gradienttape.layer;

/** How a network works on a batch; Keras' argument {@code training}. */
public enum Mode {
    /** As for {@code training=True}: dropout drops, batch normalization uses the batch and updates its averages. */
    TRAINING,
    /**
     * As in training, but no average is updated: for a network that another one learns against, such as the
     * discriminator in the generator's update.
     */
    FROZEN,
    /** As for {@code training=False}: nothing is dropped, batch normalization uses its averages. */
    INFERENCE;

    /** Whether layers work as in training: Keras' {@code training}. */
    public boolean isTraining() {
        return this != INFERENCE;
    }
}
