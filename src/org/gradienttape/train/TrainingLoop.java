package org.gradienttape.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.gradienttape.callback.Callbacks;
import org.gradienttape.data.BatchIterator;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.metric.Metric;

/**
 * The loop over epochs and batches of Keras' guide "Writing a training loop from scratch": shuffle, one step per batch,
 * metrics, a log row every so many steps, a pass over the validation data. The same for every family of networks.
 */
public final class TrainingLoop {
    private static final int FILE_ORDER = 1;

    /**
     * What the loop counts.
     *
     * @param losses the names of the step's losses, for example "Loss"
     * @param metrics makes fresh metrics, once for training and once for validation
     */
    public record Numbers(List<String> losses, Supplier<List<Metric>> metrics) {}

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
    private final LoopListener listener;
    private final List<String> losses;
    private final RandomGenerator random;
    private final Tally training;
    private final Tally validation;
    private final Progress.Plan plan;
    private final List<TrainingLog.StepRow> stepRows = new ArrayList<>();
    private final List<TrainingLog.EpochRow> epochRows = new ArrayList<>();
    private List<Double> lastLosses = List.of();
    private long allSteps;
    /** Of the epoch that runs. */
    private int stepsDone;

    private TrainingLoop(
            final TrainStep step,
            final Samples samples,
            final TrainingConfig config,
            final Callbacks callbacks,
            final Numbers numbers,
            final LoopListener listener) {
        this.step = step;
        this.samples = samples;
        this.config = config;
        this.callbacks = callbacks;
        this.listener = listener;
        this.losses = numbers.losses();
        this.random = new SplittableRandom(config.seed());
        this.training = new Tally(losses.size(), numbers.metrics().get());
        this.validation = new Tally(losses.size(), numbers.metrics().get());
        this.plan = Progress.Plan.of(samples.training(), config, losses);
    }

    /**
     * Runs all epochs, or as many steps as the limit, listener and callbacks allow.
     *
     * @param step what happens with batches; stays open
     * @param callbacks give the learning rates, and may end the run between epochs
     * @return rows of all logged steps and of all epochs that ended, the last one perhaps by the step limit; also after the
     *     listener ended the run; and of the epoch in which a loss was no finite number, if that ended it
     * @throws InvalidInputException if a loss is not a finite number and that is not to end the run; names epoch and step
     */
    public static TrainingLog run(
            final TrainStep step,
            final Samples samples,
            final TrainingConfig config,
            final Callbacks callbacks,
            final Numbers numbers,
            final LoopListener listener) {
        return new TrainingLoop(step, samples, config, callbacks, numbers, listener).run();
    }

    private TrainingLog run() {
        StopReason reason = StopReason.COMPLETED;
        for (int epoch = 0; allSteps < plan.stepsInAll() && reason == StopReason.COMPLETED; epoch++) {
            reason = runEpoch(epoch);
        }
        return new TrainingLog(losses, training.names(), plan.steps(), stepRows, epochRows, reason);
    }

    private StopReason runEpoch(final int epoch) {
        final long start = System.nanoTime();
        listener.epochStarts(epoch);
        training.reset();
        final StopReason trained = train(epoch);
        final StopReason reason = trained == StopReason.COMPLETED ? validate(epoch) : trained;
        if (reason == StopReason.CANCELLED) {
            return reason;
        }
        final boolean validated = trained == StopReason.COMPLETED && samples.validation() > 0;
        final TrainingLog.EpochRow row = row(epoch, validated, (System.nanoTime() - start) / 1e9);
        epochRows.add(row);
        listener.epochEnds(row.seconds());
        final boolean goesOn = reason != StopReason.COMPLETED
                || callbacks.goOn(epoch, EpochColumns.numbers(losses, training.names(), row));
        return goesOn ? reason : StopReason.EARLY_STOPPING;
    }

    private StopReason train(final int epoch) {
        final BatchIterator batches =
                new BatchIterator(samples.training(), config.batchSize(), config.shuffleBuffer(), random);
        long samplesSeen = 0;
        stepsDone = 0;
        while (batches.hasNext() && allSteps < plan.stepsInAll()) {
            if (!goOn(epoch, stepsDone)) {
                return StopReason.CANCELLED;
            }
            if (listener.looksBefore(stepsDone)) {
                listener.beforeStep(epoch, stepsDone);
            }
            for (final BatchResult result : step.train(next(batches, epoch))) {
                samplesSeen += result.samples();
                take(result, epoch, samplesSeen);
                if (isBroken(lastLosses, "in epoch " + epoch + ", step " + (stepsDone - 1))) {
                    return StopReason.LOSS_NOT_FINITE;
                }
            }
        }
        listener.trained(training.names(), training.results());
        return StopReason.COMPLETED;
    }

    /** As many as the step takes in one call; one that is looked at before begins a call. */
    private List<TrainStep.Batch> next(final BatchIterator batches, final int epoch) {
        final long most = Math.min(step.batchesPerCall(), plan.stepsInAll() - allSteps);
        final List<TrainStep.Batch> next = new ArrayList<>();
        do {
            next.add(new TrainStep.Batch(epoch, stepsDone + next.size(), batches.next(), callbacks.nextRates()));
        } while (next.size() < most && batches.hasNext() && !listener.looksBefore(stepsDone + next.size()));
        return next;
    }

    private void take(final BatchResult result, final int epoch, final long samplesSeen) {
        final int number = stepsDone++;
        allSteps++;
        lastLosses = result.losses();
        training.add(result);
        if (number % config.logEvery() == 0 || !isFinite(lastLosses)) {
            final TrainingLog.StepRow row = new TrainingLog.StepRow(
                    epoch, number, samplesSeen, lastLosses, training.results(), result.reported());
            stepRows.add(row);
            listener.logged(row);
        }
        listener.afterStep(epoch, number, result);
    }

    private StopReason validate(final int epoch) {
        if (samples.validation() == 0) {
            return StopReason.COMPLETED;
        }
        validation.reset();
        final BatchIterator batches = new BatchIterator(
                samples.validation(), config.batchSize(), FILE_ORDER, new SplittableRandom(config.seed()));
        while (batches.hasNext()) {
            if (!goOn(epoch, plan.steps())) {
                return StopReason.CANCELLED;
            }
            final List<int[]> next = new ArrayList<>();
            for (int left = step.batchesPerCall(); left > 0 && batches.hasNext(); left--) {
                next.add(batches.next());
            }
            step.evaluate(next).forEach(validation::add);
        }
        if (isBroken(validation.losses(), "in the validation after epoch " + epoch)) {
            return StopReason.LOSS_NOT_FINITE;
        }
        listener.validated(validation.names(), validation.results());
        return StopReason.COMPLETED;
    }

    private TrainingLog.EpochRow row(final int epoch, final boolean validated, final double seconds) {
        return new TrainingLog.EpochRow(
                epoch,
                stepsDone,
                training.losses(),
                training.results(),
                validated ? validation.losses() : List.of(),
                validated ? validation.results() : List.of(),
                callbacks.lastRates(),
                seconds);
    }

    private boolean goOn(final int epoch, final int number) {
        return listener.goOn(new Progress(epoch, number, allSteps, plan, lastLosses));
    }

    private static boolean isFinite(final List<Double> values) {
        return values.stream().allMatch(Double::isFinite);
    }

    private boolean isBroken(final List<Double> values, final String place) {
        if (isFinite(values)) {
            return false;
        }
        int first = 0;
        while (Double.isFinite(values.get(first))) {
            first++;
        }
        final String name = losses.get(first).toLowerCase(Locale.ROOT);
        if (!callbacks.endsOnNonFiniteLoss()) {
            throw new InvalidInputException("The " + name + " must stay a finite number, but it became "
                    + values.get(first) + " " + place
                    + "; choose a smaller learning rate, or divide the pixels by 255 when the data are read.");
        }
        listener.log("Training ends, since the " + name + " became " + values.get(first) + " " + place);
        return true;
    }
}
