package org.gradienttape.train;

import org.gradienttape.error.Bounds;

/**
 * How the training loop runs.
 *
 * @param epochs passes over the training data, at least 1
 * @param batchSize samples per update, at least 1
 * @param shuffleBuffer size of tf.data's shuffle buffer; 0 for the whole set, 1 for file order
 * @param seed of the shuffle and of all random numbers
 * @param logEvery a row in the step log at step 0 and every so many steps, at least 1
 * @param stepLimit the most steps of the whole run; 0 for no limit
 */
public record TrainingConfig(int epochs, int batchSize, int shuffleBuffer, long seed, int logEvery, int stepLimit) {
    /** A run of whole epochs. */
    public TrainingConfig(
            final int epochs, final int batchSize, final int shuffleBuffer, final long seed, final int logEvery) {
        this(epochs, batchSize, shuffleBuffer, seed, logEvery, 0);
    }

    public TrainingConfig {
        Bounds.atLeast("number of epochs", 1, epochs);
        Bounds.atLeast("batch size", 1, batchSize);
        Bounds.atLeast("shuffle buffer", 0, shuffleBuffer);
        Bounds.atLeast("number of steps between two log rows", 1, logEvery);
        Bounds.atLeast("step limit", 0, stepLimit);
    }
}
