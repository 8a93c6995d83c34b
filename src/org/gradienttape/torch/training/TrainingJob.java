package org.gradienttape.torch.training;

import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;
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

    /** The same job with another loss. */
    TrainingJob with(final Loss other) {
        return new TrainingJob(model, training, validation, objective.with(other), update, config, callbacks, compute);
    }

    /** The rule by which the weights change. */
    public OptimizerConfig optimizer() {
        return update.optimizer();
    }

    /**
     * The same job in the terms of its model: what the model does not know yet it learns from the training data, and all data
     * are as the model sees them. A job that is so already stays as it is.
     *
     * @throws InvalidInputException if some data hold a class that the model does not know, or cannot be scaled for it
     */
    public TrainingJob inTermsOfTheModel() {
        final Preprocessing known = model.preprocessing().completedBy(training);
        return new TrainingJob(
                model.with(known),
                known.of(training, "the training data"),
                validation.map(data -> known.of(data, "the validation data")),
                objective,
                update,
                config,
                callbacks,
                compute);
    }
}
