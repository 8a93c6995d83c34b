package org.gradienttape.torch.prediction;

import org.gradienttape.data.Dataset;
import org.gradienttape.data.SampleBatches;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.model.Model;
import org.gradienttape.torch.Compute;

/**
 * All that a prediction needs.
 *
 * @param model stays as it is
 * @param samples to look at, as the model takes them
 * @param batchSize samples that are computed together, at least 1
 * @param compute device and threads
 */
public record PredictionJob(Model model, SampleBatches samples, int batchSize, Compute compute) {
    public PredictionJob {
        if (batchSize < 1) {
            throw new InvalidInputException("The batch size must be at least 1, but it is " + batchSize + ".");
        }
    }

    /**
     * For all samples of a dataset, scaled or encoded as in the model's training.
     *
     * @throws InvalidInputException if they cannot be
     */
    public PredictionJob(final Model model, final Dataset dataset, final int batchSize, final Compute compute) {
        this(model, SampleBatches.of(model.preprocessing().scaled(dataset, "the data")), batchSize, compute);
    }
}
