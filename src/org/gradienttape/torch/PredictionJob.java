package org.gradienttape.torch;

import org.gradienttape.data.Dataset;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.model.Model;

/**
 * All that a prediction needs.
 *
 * @param model stays as it is
 * @param dataset the samples to look at
 * @param batchSize samples that are computed together, at least 1
 * @param compute device and threads
 */
public record PredictionJob(Model model, Dataset dataset, int batchSize, Compute compute) {
    public PredictionJob {
        if (batchSize < 1) {
            throw new InvalidInputException("The batch size must be at least 1, but it is " + batchSize + ".");
        }
    }
}
