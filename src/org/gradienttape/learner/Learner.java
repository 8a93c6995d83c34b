package org.gradienttape.learner;

import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.gradienttape.data.Dataset;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingMonitor;

/**
 * Trains a network with the trainer's loop. A first run finds the number of epochs that is best for held-out rows; a second
 * one trains a new network for as many epochs on all rows: algorithm 7.2 of Goodfellow, Bengio and Courville, Deep Learning
 * (2016).
 */
public final class Learner {
    private Learner() {}

    /**
     * Trains.
     *
     * @param first watches the run that is measured on the held-out rows
     * @param second watches the run on all rows, if there is one
     * @return the model of the last run; the log of the first, the only one that is measured on rows it does not learn from,
     *     but cancelled if the second was
     * @throws InvalidInputException if there is nothing to learn, or a run fails
     */
    public static TrainedModel run(
            final LearnerConfig config,
            final LearnerRows rows,
            final Compute compute,
            final TrainingMonitor first,
            final TrainingMonitor second) {
        final TrainedModel measured = Training.run(config.job(rows.training(), rows.heldOut(), compute), first);
        if (rows.all().isEmpty() || measured.log().stopReason() == StopReason.CANCELLED) {
            return measured;
        }
        final Dataset all = rows.all().get();
        final int epochs = bestEpochs(measured.log());
        second.log(String.format(Locale.ROOT, "Training again on all %,d rows, epochs: %d", all.samples(), epochs));
        final TrainedModel again = Training.run(config.withEpochs(epochs).job(all, Optional.empty(), compute), second);
        return new TrainedModel(
                again.model(),
                again.log().stopReason() == StopReason.CANCELLED
                        ? measured.log().endedBy(StopReason.CANCELLED)
                        : measured.log(),
                again.code());
    }

    /** How many epochs gave the smallest loss of the held-out rows; the first of several. */
    static int bestEpochs(final TrainingLog log) {
        return Collections.min(log.epochs(), Comparator.comparingDouble(epoch -> epoch.validationLoss()
                                .orElseThrow()))
                        .epoch()
                + 1;
    }
}
