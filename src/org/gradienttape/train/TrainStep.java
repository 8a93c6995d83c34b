package org.gradienttape.train;

import java.util.List;
import org.gradienttape.state.Memory;

/**
 * What happens with batches: the step of one model family, with networks that it owns. The {@link TrainingLoop} calls it.
 * A step may take several batches in one call, where a call costs more than its batches. Not for several threads.
 */
public interface TrainStep extends AutoCloseable {
    /**
     * One batch to learn from.
     *
     * @param epoch from 0
     * @param step from 0, within the epoch
     * @param samples indices into the training data
     * @param learningRates of this update, one for each network
     */
    record Batch(int epoch, int step, int[] samples, List<Double> learningRates) {}

    /** The most batches that the next call should bring, at least 1; the loop asks its listener between calls. */
    int batchesPerCall();

    /**
     * One update of the weights for each batch, in this order.
     *
     * @return for each batch losses and predictions from before its update
     */
    List<BatchResult> train(List<Batch> batches);

    /**
     * Looks at batches of the validation data; nothing is changed.
     *
     * @param batches indices into the validation data
     * @return one for each batch
     */
    List<BatchResult> evaluate(List<int[]> batches);

    /**
     * Whether the run goes on; a step that several workers share gives the same answer on all of them.
     *
     * @param wanted whether somebody here wants it to go on
     */
    default boolean goOn(final boolean wanted) {
        return wanted;
    }

    /** Whether Java code of the user's has a part in it. */
    default boolean runsOwnCode() {
        return false;
    }

    /** What to do when its numbers stop being finite; the end of a sentence. */
    default String adviceOnNonFinite() {
        return runsOwnCode()
                ? "choose a smaller learning rate, divide the pixels by 255 when the data are read, or look in your Java"
                        + " code for a division by 0 and for the log or the root of 0."
                : "choose a smaller learning rate, or divide the pixels by 255 when the data are read.";
    }

    /** Keeps all that the next steps depend on, or goes back to it; between two calls. */
    default void keep(final Memory memory) {}

    @Override
    void close();
}
