package org.gradienttape.train;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.gradienttape.callback.Callbacks;
import org.gradienttape.data.BatchIterator;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.metric.Metric;

/**
 * The loop over epochs and batches of Keras' guide "Writing a training loop from scratch": shuffle, one step per batch,
 * metrics, a log row every so many steps, a pass over the validation data.
 */
public final class TrainingLoop {
    private static final int FILE_ORDER = 1;

    /**
     * How many samples there are.
     *
     * @param training at least 1; shuffled anew in each epoch, all from the seed
     * @param validation 0 for no validation; taken in file order
     */
    public record Samples(int training, int validation) {}

    private final TrainStep step;
    private final Samples samples;
    private final TrainingConfig config;
    private final Callbacks callbacks;
    private final TrainingMonitor monitor;
    private final GuideLines lines;
    private final RandomGenerator random;
    private final Tally training;
    private final Tally validation;
    private final List<TrainingLog.StepRow> stepRows = new ArrayList<>();
    private final List<TrainingLog.EpochRow> epochRows = new ArrayList<>();
    private double lastLoss = Double.NaN;
    private int stepsPerEpoch;
    /** Of the epoch that runs. */
    private int stepsDone;

    private TrainingLoop(
            final TrainStep step,
            final Samples samples,
            final TrainingConfig config,
            final Callbacks callbacks,
            final Supplier<List<Metric>> metrics,
            final TrainingMonitor monitor) {
        this.step = step;
        this.samples = samples;
        this.config = config;
        this.callbacks = callbacks;
        this.monitor = monitor;
        this.lines = new GuideLines(monitor);
        this.random = new SplittableRandom(config.seed());
        this.training = new Tally(metrics.get());
        this.validation = new Tally(metrics.get());
    }

    /**
     * Runs all epochs, or as many steps as monitor and callbacks allow.
     *
     * @param step what happens with batches; stays open
     * @param callbacks give the learning rates, and may end the run between epochs
     * @param metrics makes fresh metrics, once for training and once for validation
     * @param monitor asked before each call of the step, of validation too
     * @return rows of all logged steps and of all finished epochs, also after the monitor ended the run; and of the
     *     epoch in which a loss was no finite number, if that ended it
     * @throws InvalidInputException if a loss is not a finite number and that is not to end the run; names epoch and step
     */
    public static TrainingLog run(
            final TrainStep step,
            final Samples samples,
            final TrainingConfig config,
            final Callbacks callbacks,
            final Supplier<List<Metric>> metrics,
            final TrainingMonitor monitor) {
        return new TrainingLoop(step, samples, config, callbacks, metrics, monitor).run();
    }

    private TrainingLog run() {
        StopReason reason = StopReason.COMPLETED;
        for (int epoch = 0; epoch < config.epochs() && reason == StopReason.COMPLETED; epoch++) {
            reason = runEpoch(epoch);
        }
        return new TrainingLog(training.names(), stepsPerEpoch, stepRows, epochRows, reason);
    }

    private StopReason runEpoch(final int epoch) {
        final long start = System.nanoTime();
        final BatchIterator batches =
                new BatchIterator(samples.training(), config.batchSize(), config.shuffleBuffer(), random);
        final int steps = batches.steps();
        stepsPerEpoch = steps;
        lines.epochStarts(epoch);
        training.reset();
        final StopReason trained = train(batches, epoch, steps);
        final StopReason reason = trained == StopReason.COMPLETED ? validate(epoch, steps) : trained;
        if (reason == StopReason.CANCELLED) {
            return reason;
        }
        final boolean validated = trained == StopReason.COMPLETED && samples.validation() > 0;
        final TrainingLog.EpochRow row = row(epoch, validated, (System.nanoTime() - start) / 1e9);
        epochRows.add(row);
        lines.epochEnds(row.seconds());
        final boolean goesOn =
                reason != StopReason.COMPLETED || callbacks.goOn(epoch, EpochColumns.numbers(training.names(), row));
        return goesOn ? reason : StopReason.EARLY_STOPPING;
    }

    private StopReason train(final BatchIterator batches, final int epoch, final int steps) {
        long samplesSeen = 0;
        stepsDone = 0;
        while (batches.hasNext()) {
            if (!goOn(epoch, stepsDone, steps)) {
                return StopReason.CANCELLED;
            }
            for (final BatchResult result : step.train(nextBatches(batches))) {
                samplesSeen += result.samples();
                take(result, epoch, samplesSeen);
                if (isBroken(lastLoss, "in epoch " + epoch + ", step " + (stepsDone - 1))) {
                    return StopReason.LOSS_NOT_FINITE;
                }
            }
        }
        lines.training(training);
        return StopReason.COMPLETED;
    }

    private List<TrainStep.Batch> nextBatches(final BatchIterator batches) {
        return next(batches).stream()
                .map(batch -> new TrainStep.Batch(batch, callbacks.nextRate()))
                .toList();
    }

    /** As many as the step takes in one call. */
    private List<int[]> next(final BatchIterator batches) {
        final List<int[]> next = new ArrayList<>();
        for (int left = step.batchesPerCall(); left > 0 && batches.hasNext(); left--) {
            next.add(batches.next());
        }
        return next;
    }

    private void take(final BatchResult result, final int epoch, final long samplesSeen) {
        final int number = stepsDone++;
        lastLoss = result.loss();
        training.add(result);
        if (number % config.logEvery() == 0 || !Double.isFinite(lastLoss)) {
            stepRows.add(new TrainingLog.StepRow(
                    epoch, number, samplesSeen, lastLoss, training.results(), result.reported()));
            lines.step(number, lastLoss, samplesSeen);
        }
    }

    private StopReason validate(final int epoch, final int steps) {
        if (samples.validation() == 0) {
            return StopReason.COMPLETED;
        }
        validation.reset();
        final BatchIterator batches = new BatchIterator(
                samples.validation(), config.batchSize(), FILE_ORDER, new SplittableRandom(config.seed()));
        while (batches.hasNext()) {
            if (!goOn(epoch, steps, steps)) {
                return StopReason.CANCELLED;
            }
            step.evaluate(next(batches)).forEach(validation::add);
        }
        if (isBroken(validation.loss(), "in the validation after epoch " + epoch)) {
            return StopReason.LOSS_NOT_FINITE;
        }
        lines.validation(validation);
        return StopReason.COMPLETED;
    }

    private TrainingLog.EpochRow row(final int epoch, final boolean validated, final double seconds) {
        return new TrainingLog.EpochRow(
                epoch,
                stepsDone,
                training.loss(),
                training.results(),
                validated ? OptionalDouble.of(validation.loss()) : OptionalDouble.empty(),
                validated ? validation.results() : List.of(),
                callbacks.lastRate(),
                seconds);
    }

    private boolean goOn(final int epoch, final int number, final int steps) {
        return monitor.goOn(new Progress(epoch, config.epochs(), number, steps, lastLoss));
    }

    private boolean isBroken(final double loss, final String place) {
        if (Double.isFinite(loss)) {
            return false;
        }
        if (!callbacks.endsOnNonFiniteLoss()) {
            throw new InvalidInputException("The loss must stay a finite number, but it became " + loss + " " + place
                    + "; choose a smaller learning rate, or divide the pixels by 255 when the data are read.");
        }
        monitor.log("Training ends, since the loss became " + loss + " " + place);
        return true;
    }
}
