package org.gradienttape.train;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a training run measured.
 *
 * @param metrics the names of the metrics, in the order of the rows' values
 * @param stepsPerEpoch of a whole epoch, whether or not all of them were done
 * @param steps one row at step 0 of each epoch and every so many steps
 * @param epochs one row per finished epoch, and one for an epoch that a loss without a number ended
 * @param stopReason why the run ended
 */
public record TrainingLog(
        List<String> metrics, int stepsPerEpoch, List<StepRow> steps, List<EpochRow> epochs, StopReason stopReason) {
    public TrainingLog {
        metrics = List.copyOf(metrics);
        steps = List.copyOf(steps);
        epochs = List.copyOf(epochs);
    }

    /** The same rows of a run that ended for another reason. */
    public TrainingLog endedBy(final StopReason reason) {
        return new TrainingLog(metrics, stepsPerEpoch, steps, epochs, reason);
    }

    /** The names of all numbers that logged steps reported, in the order of their first report. */
    public List<String> reported() {
        return Reported.names(steps.stream().map(StepRow::reported));
    }

    /**
     * One logged step.
     *
     * @param epoch from 0
     * @param step from 0, within the epoch
     * @param samplesSeen in this epoch, this batch included
     * @param loss of this batch
     * @param metrics running values within the epoch, this batch included; NaN while they are undefined
     * @param reported numbers of this step that its code reported, by their names
     */
    public record StepRow(
            int epoch, int step, long samplesSeen, double loss, List<Double> metrics, Map<String, Double> reported) {
        public StepRow {
            metrics = List.copyOf(metrics);
        }

        /** A row of a step that reports nothing of its own. */
        public StepRow(
                final int epoch,
                final int step,
                final long samplesSeen,
                final double loss,
                final List<Double> metrics) {
            this(epoch, step, samplesSeen, loss, metrics, Map.of());
        }
    }

    /**
     * One epoch; its numbers may be NaN if a loss was, and that ended the run.
     *
     * @param epoch from 0
     * @param steps updates in this epoch
     * @param loss mean over the samples, each batch before its update
     * @param metrics over the training data; NaN where they are undefined
     * @param validationLoss mean over the validation samples; absent without validation
     * @param validationMetrics empty without validation data
     * @param learningRate of the last update of the epoch
     * @param seconds wall-clock time, validation included
     */
    public record EpochRow(
            int epoch,
            int steps,
            double loss,
            List<Double> metrics,
            OptionalDouble validationLoss,
            List<Double> validationMetrics,
            double learningRate,
            double seconds) {
        public EpochRow {
            metrics = List.copyOf(metrics);
            validationMetrics = List.copyOf(validationMetrics);
        }
    }
}
