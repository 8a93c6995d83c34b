package org.gradienttape.step;

/**
 * What the GradientTape Trainer does with one batch: the {@code train_step} of Keras' guide "Writing a training loop
 * from scratch".
 *
 * <p>A run makes one object of the class, with the constructor without arguments, so fields keep what one step leaves for
 * the next. Tensors do not last that long: see {@link Run#variable}.
 */
public interface CustomStep {
    /**
     * Trains on one batch.
     *
     * @param run the model, its optimizer, loss and metrics, and tools
     * @param x the samples, [batch, sample shape], float32
     * @param y the labels, [batch], int64
     * @return the loss of this batch, one number, shape []; it becomes the step log's Loss
     */
    Tensor trainStep(TrainingRun run, Tensor x, Tensor y);
}
