package org.gradienttape.train;

/**
 * What happens with one batch. A model family writes one; the {@link TrainingLoop} calls it. Not for several threads.
 */
public interface TrainStep extends AutoCloseable {
    /**
     * One update of the weights.
     *
     * @param samples indices into the training data
     * @return loss and predictions from before the update
     */
    BatchResult train(int[] samples);

    /**
     * One batch of the validation data, nothing is changed.
     *
     * @param samples indices into the validation data
     */
    BatchResult evaluate(int[] samples);

    /** The optimizer's learning rate at the next update. */
    double learningRate();

    @Override
    void close();
}
