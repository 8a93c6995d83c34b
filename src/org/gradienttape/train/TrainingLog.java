package org.gradienttape.train;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a training run measured.
 *
 * @param losses the names of the losses, in the order of the rows' values
 * @param metrics the names of the metrics, likewise
 * @param stepsPerEpoch of a whole epoch, whether or not all of them were done
 * @param steps one row at step 0 of each epoch and every so many steps
 * @param epochs one row per finished epoch, and one for an epoch that a loss without a number ended
 * @param resumptions where a run went on that had ended before, in their order
 * @param stopReason why the run ended
 */
public record TrainingLog(
        List<String> losses,
        List<String> metrics,
        int stepsPerEpoch,
        List<StepRow> steps,
        List<EpochRow> epochs,
        List<Resumption> resumptions,
        StopReason stopReason) {
    /** Of a run in one piece. */
    public TrainingLog(
            final List<String> losses,
            final List<String> metrics,
            final int stepsPerEpoch,
            final List<StepRow> steps,
            final List<EpochRow> epochs,
            final StopReason stopReason) {
        this(losses, metrics, stepsPerEpoch, steps, epochs, List.of(), stopReason);
    }

    public TrainingLog {
        losses = List.copyOf(losses);
        metrics = List.copyOf(metrics);
        steps = List.copyOf(steps);
        epochs = List.copyOf(epochs);
        resumptions = List.copyOf(resumptions);
    }

    /** The same rows of a run that ended for another reason. */
    public TrainingLog endedBy(final StopReason reason) {
        return new TrainingLog(losses, metrics, stepsPerEpoch, steps, epochs, resumptions, reason);
    }

    /** The names of all numbers that logged steps reported, in the order of their first report. */
    public List<String> reported() {
        return Reported.names(steps.stream().map(StepRow::reported));
    }

    /**
     * Where a run went on.
     *
     * @param epoch from 0
     * @param step the first one that was done anew, from 0, within the epoch
     */
    public record Resumption(int epoch, int step) {
        /** For people, for example "resumed at epoch 3, step 120". */
        @Override
        public String toString() {
            return "resumed at epoch " + epoch + ", step " + step;
        }
    }

    /**
     * One logged step.
     *
     * @param epoch from 0
     * @param step from 0, within the epoch
     * @param samplesSeen in this epoch, this batch included
     * @param losses of this batch
     * @param metrics running values within the epoch, this batch included; NaN while they are undefined
     * @param reported numbers of this step that its code reported, by their names
     */
    public record StepRow(
            int epoch,
            int step,
            long samplesSeen,
            List<Double> losses,
            List<Double> metrics,
            Map<String, Double> reported) {
        public StepRow {
            losses = List.copyOf(losses);
            metrics = List.copyOf(metrics);
        }

        /** The first loss; the only one of a run with one network. */
        public double loss() {
            return losses.get(0);
        }
    }

    /**
     * One epoch; its numbers may be NaN if a loss was, and that ended the run.
     *
     * @param epoch from 0
     * @param steps updates in this epoch
     * @param losses means over the samples, each batch before its update
     * @param metrics over the training data; NaN where they are undefined
     * @param validationLosses means over the validation samples; empty without validation
     * @param validationMetrics empty without validation data
     * @param learningRates of the last update of the epoch, one for each network
     * @param seconds wall-clock time, validation included
     */
    public record EpochRow(
            int epoch,
            int steps,
            List<Double> losses,
            List<Double> metrics,
            List<Double> validationLosses,
            List<Double> validationMetrics,
            List<Double> learningRates,
            double seconds) {
        public EpochRow {
            losses = List.copyOf(losses);
            metrics = List.copyOf(metrics);
            validationLosses = List.copyOf(validationLosses);
            validationMetrics = List.copyOf(validationMetrics);
            learningRates = List.copyOf(learningRates);
        }

        /** The first loss; the only one of a run with one network. */
        public double loss() {
            return losses.get(0);
        }

        /** The first loss of the validation data; absent without validation. */
        public OptionalDouble validationLoss() {
            return validationLosses.stream().mapToDouble(Double::doubleValue).findFirst();
        }

        /** The first learning rate; the only one of a run with one network. */
        public double learningRate() {
            return learningRates.get(0);
        }
    }
}
