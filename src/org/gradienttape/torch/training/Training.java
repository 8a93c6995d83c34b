package org.gradienttape.torch.training;

import java.util.List;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.distributed.Workers;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Network;
import org.gradienttape.model.Outline;
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
        return run(job, RunFiles.NONE, monitor);
    }

    /**
     * Trains as above, and writes files on the way: the state of the run, so that it can go on after its end, to the same weights and rows.
     *
     * @throws InvalidInputException also if another run has the folder of the checkpoints, or the one that is there is of
     *     another run, or damaged
     */
    public static TrainedModel run(final TrainingJob job, final RunFiles files, final TrainingMonitor monitor) {
        return run(job, OwnCode.NONE, Workers.alone(), files, monitor);
    }

    /**
     * Trains on several workers that share each batch; all of them call this with the same job, and get the same model. The
     * batch size is that of all workers together, and the numbers are those of a run on one machine, to the precision of
     * float32; but batch statistics are those of each worker's own samples, as in PyTorch's DistributedDataParallel. The same
     * job gives the same weights, bit for bit, with the same number of workers.
     *
     * @param files only those of the first worker are written
     * @param monitor any of them may stop the run
     * @throws InvalidInputException also if the best model is to be written
     */
    public static TrainedModel run(
            final TrainingJob job, final Workers workers, final RunFiles files, final TrainingMonitor monitor) {
        return run(job, OwnCode.NONE, workers, files, monitor);
    }

    /**
     * The same where the step, the loss or metrics are a user's code. Several workers first rehearse whether it can be shared.
     *
     * @throws InvalidInputException also if the code cannot be compiled, fails, or cannot be shared by several workers
     */
    public static TrainedModel run(
            final TrainingJob job,
            final OwnCode own,
            final Workers workers,
            final RunFiles files,
            final TrainingMonitor monitor) {
        if (workers.areSeveral() && job.callbacks().checkpoint().isPresent()) {
            throw new InvalidInputException("The file of the best model is written on one worker only, but there are "
                    + workers.size() + "; choose 1 worker, or switch the file off.");
        }
        return own.isEmpty() && !job.model().network().holdsCode()
                ? NetworkTraining.run(checked(job), workers, files, monitor)
                : CodeTraining.run(job, own, workers, files, monitor);
    }

    /** All checks that need no engine; and the job in the terms of its model. */
    static TrainingJob checked(final TrainingJob job) {
        final Optional<DatasetInfo> validation = job.validation().map(Dataset::info);
        check(job.model().outline(), job.training().info(), validation, job.objective());
        checkWatched(job.callbacks(), job.objective(), validation);
        final TrainingJob taken = job.inTermsOfTheModel();
        final Network network = taken.model().network();
        VocabularyCheck.all(network, "the training data", taken.training());
        taken.validation().ifPresent(data -> VocabularyCheck.all(network, "the validation data", data));
        return taken;
    }

    /**
     * Checks shapes and number of classes alone; starts no engine and needs no class of it.
     *
     * @throws InvalidInputException if the model does not fit a dataset, the loss or a metric; names both shapes
     */
    public static void check(
            final Outline model,
            final DatasetInfo training,
            final Optional<DatasetInfo> validation,
            final Objective objective) {
        FitCheck.shapes(model, training, validation, objective);
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
                validation.isPresent()
                        ? EpochColumns.withValidation(EpochColumns.LOSS, metrics)
                        : EpochColumns.training(EpochColumns.LOSS, metrics));
    }
}
