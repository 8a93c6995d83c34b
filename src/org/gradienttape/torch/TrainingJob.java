package org.gradienttape.torch;

import java.util.Optional;
import org.gradienttape.data.Dataset;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.train.TrainingConfig;

/**
 * All that a training run needs.
 *
 * @param model where training starts; stays as it is
 * @param training the samples to learn from
 * @param validation samples that are only looked at, after each epoch
 * @param objective what is minimised and reported
 * @param optimizer how the weights change
 * @param config how the loop runs
 * @param compute device and threads
 */
public record TrainingJob(
        Model model,
        Dataset training,
        Optional<Dataset> validation,
        Objective objective,
        OptimizerConfig optimizer,
        TrainingConfig config,
        Compute compute) {
    /** What is minimised. */
    public Loss loss() {
        return objective.loss();
    }
}
