package org.gradienttape.step;

import org.gradienttape.layer.Mode;
import org.gradienttape.loss.Loss;
import org.gradienttape.tensor.Tensor;

/**
 * What the GradientTape Trainer does with one batch: the {@code train_step} and the {@code test_step} of Keras' guide
 * "Writing a training loop from scratch".
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
     * @param y what there is to learn: the labels, [batch], int64; or numbers, scaled, [batch, numbers], float32; or, for an
     *     autoencoder, x itself
     * @return the loss of this batch, one number, shape []; it becomes the step log's Loss
     */
    Tensor trainStep(TrainingRun run, Tensor x, Tensor y);

    /**
     * Measures one batch of the validation data, after each epoch; the standard validation unless a class has its own. What
     * it reports goes nowhere.
     *
     * @param run as in training; its random numbers are others, the same in each validation
     * @return the loss of this batch; the mean over the samples becomes the epoch log's Validation loss
     */
    default Tensor testStep(final TrainingRun run, final Tensor x, final Tensor y) {
        final Tensor predictions = run.model().call(x, Mode.INFERENCE);
        run.metrics().updateState(y, predictions, run.model().mask());
        return run.loss()
                .call(
                        y,
                        predictions,
                        Loss.weights(run.sampleWeights(), run.model().mask()))
                .add(run.model().losses());
    }
}
