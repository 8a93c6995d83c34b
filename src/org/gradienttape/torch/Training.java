package org.gradienttape.torch;

import java.util.List;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Network;
import org.gradienttape.train.EpochColumns;
import org.gradienttape.train.TrainingMonitor;

/** Trains a model on a dataset. Start here. */
public final class Training {
    private Training() {}

    /**
     * Trains; blocks until all epochs are done or the monitor stops it. Runs on several threads do not disturb each
     * other; on a CPU the same job gives the same weights, bit for bit, on the same machine with the same number of
     * threads.
     *
     * @throws InvalidInputException if the model does not fit a dataset, a callback watches what is not there, the loss
     *     stops being a number, a checkpoint cannot be written, or the engine cannot compute the job
     */
    public static TrainedModel run(final TrainingJob job, final TrainingMonitor monitor) {
        check(job);
        return TrainingRun.run(job, monitor);
    }

    /** All checks that need no engine. */
    static void check(final TrainingJob job) {
        final Optional<DatasetInfo> validation = job.validation().map(Dataset::info);
        check(job.model().network(), job.training().info(), validation, job.objective());
        checkWatched(job.callbacks(), job.objective(), validation);
    }

    /**
     * Checks the shapes alone; starts no engine and needs no class of it.
     *
     * @throws InvalidInputException if the model does not fit a dataset, the loss or a metric; names both shapes
     */
    public static void check(
            final Network network,
            final DatasetInfo training,
            final Optional<DatasetInfo> validation,
            final Objective objective) {
        FitCheck.shapes(network, training, validation, objective);
    }

    /**
     * Checks that the run reports what the callbacks watch; starts no engine.
     *
     * @throws InvalidInputException if it does not; names the number
     */
    public static void checkWatched(
            final CallbacksConfig callbacks, final Objective objective, final Optional<DatasetInfo> validation) {
        final List<String> metrics = objective.metrics().names();
        callbacks.checkWatched(
                validation.isPresent() ? EpochColumns.withValidation(metrics) : EpochColumns.training(metrics));
    }
}
