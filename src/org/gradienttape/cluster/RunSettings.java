package org.gradienttape.cluster;

import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.GradientClipping;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;

/**
 * The settings of a run, without model and data.
 *
 * @param objective what is minimised and reported
 * @param update how the weights change
 * @param config how the loop runs; the batch size is that of all workers together
 * @param callbacks what happens between the steps
 * @param compute device and threads of each worker
 */
public record RunSettings(
        Objective objective, Update update, TrainingConfig config, CallbacksConfig callbacks, Compute compute) {
    /** Those of the GradientTape Trainer. */
    public static final RunSettings DEFAULT = new RunSettings(
            new Objective(new Loss.SparseCategoricalCrossentropy(), MetricsConfig.ACCURACY),
            new Update(new OptimizerConfig.Sgd(1e-3, 0, false), GradientClipping.NONE),
            new TrainingConfig(2, 64, 1024, 1, 200),
            CallbacksConfig.NONE,
            Compute.singleThreaded());

    /** Those of a job. */
    static RunSettings of(final TrainingJob job) {
        return new RunSettings(job.objective(), job.update(), job.config(), job.callbacks(), job.compute());
    }

    /** A job with these settings. */
    public TrainingJob job(final Model model, final Dataset training, final Optional<Dataset> validation) {
        return new TrainingJob(model, training, validation, objective, update, config, callbacks, compute);
    }
}
