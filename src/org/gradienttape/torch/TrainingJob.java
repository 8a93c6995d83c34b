package org.gradienttape.torch;

import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.train.TrainingConfig;

/**
 * All that a training run needs.
 *
 * @param model where training starts; stays as it is
 * @param training the samples to learn from
 * @param validation samples that are only looked at, after each epoch
 * @param objective what is minimised and reported
 * @param update how the weights change
 * @param config how the loop runs
 * @param callbacks what happens between the steps
 * @param compute device and threads
 */
public record TrainingJob(
        Model model,
        Dataset training,
        Optional<Dataset> validation,
        Objective objective,
        Update update,
        TrainingConfig config,
        CallbacksConfig callbacks,
        Compute compute) {
    /** What is minimised. */
    public Loss loss() {
        return objective.loss();
    }

    /** The rule by which the weights change. */
    public OptimizerConfig optimizer() {
        return update.optimizer();
    }
}
