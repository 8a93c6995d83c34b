package org.gradienttape.train;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
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
    private final double learningRate;
    private final TrainingMonitor monitor;
    private final GuideLines lines;
    private final RandomGenerator random;
    private final Tally training;
    private final Tally validation;
    private final List<TrainingLog.StepRow> stepRows = new ArrayList<>();
    private final List<TrainingLog.EpochRow> epochRows = new ArrayList<>();
    private double lastLoss = Double.NaN;

    private TrainingLoop(
            final TrainStep step,
            final Samples samples,
            final TrainingConfig config,
            final double learningRate,
            final Supplier<List<Metric>> metrics,
            final TrainingMonitor monitor) {
        this.step = step;
        this.samples = samples;
        this.config = config;
        this.learningRate = learningRate;
        this.monitor = monitor;
        this.lines = new GuideLines(monitor);
        this.random = new SplittableRandom(config.seed());
        this.training = new Tally(metrics.get());
        this.validation = new Tally(metrics.get());
    }

    /**
     * Runs all epochs, or as many steps as the monitor allows.
     *
     * @param step what happens with batches; stays open
     * @param learningRate of every update
     * @param metrics makes fresh metrics, once for training and once for validation
     * @param monitor asked before each call of the step, of validation too
     * @return rows of all logged steps and of all finished epochs, also after the monitor ended the run
     * @throws InvalidInputException if a loss is not a finite number; names epoch and step
     */
    public static TrainingLog run(
            final TrainStep step,
            final Samples samples,
            final TrainingConfig config,
            final double learningRate,
            final Supplier<List<Metric>> metrics,
            final TrainingMonitor monitor) {
        return new TrainingLoop(step, samples, config, learningRate, metrics, monitor).run();
    }

    private TrainingLog run() {
        StopReason reason = StopReason.COMPLETED;
        for (int epoch = 0; epoch < config.epochs() && reason == StopReason.COMPLETED; epoch++) {
            reason = runEpoch(epoch);
        }
        return new TrainingLog(training.names(), stepRows, epochRows, reason);
    }

    private StopReason runEpoch(final int epoch) {
        final long start = System.nanoTime();
        final BatchIterator batches =
                new BatchIterator(samples.training(), config.batchSize(), config.shuffleBuffer(), random);
        final int steps = batches.steps();
        lines.epochStarts(epoch);
        training.reset();
        long samplesSeen = 0;
        for (int number = 0; batches.hasNext(); ) {
            if (!goOn(epoch, number, steps)) {
                return StopReason.CANCELLED;
            }
            for (final BatchResult result : step.train(nextBatches(batches))) {
                samplesSeen += result.labels().length;
                take(result, epoch, number++, samplesSeen);
            }
        }
        lines.training(training);
        if (!validate(epoch, steps)) {
            return StopReason.CANCELLED;
        }
        finishEpoch(epoch, steps, (System.nanoTime() - start) / 1e9);
        return StopReason.COMPLETED;
    }

    private List<TrainStep.Batch> nextBatches(final BatchIterator batches) {
        return next(batches).stream()
                .map(batch -> new TrainStep.Batch(batch, learningRate))
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

    private void take(final BatchResult result, final int epoch, final int number, final long samplesSeen) {
        lastLoss = result.loss();
        checkLoss(lastLoss, "in epoch " + epoch + ", step " + number);
        training.add(result);
        if (number % config.logEvery() == 0) {
            stepRows.add(new TrainingLog.StepRow(epoch, number, samplesSeen, lastLoss, training.results()));
            lines.step(number, lastLoss, samplesSeen);
        }
    }

    /** False if the monitor ended it. */
    private boolean validate(final int epoch, final int steps) {
        if (samples.validation() == 0) {
            return true;
        }
        validation.reset();
        final BatchIterator batches = new BatchIterator(
                samples.validation(), config.batchSize(), FILE_ORDER, new SplittableRandom(config.seed()));
        while (batches.hasNext()) {
            if (!goOn(epoch, steps, steps)) {
                return false;
            }
            step.evaluate(next(batches)).forEach(validation::add);
        }
        checkLoss(validation.loss(), "in the validation after epoch " + epoch);
        lines.validation(validation);
        return true;
    }

    private void finishEpoch(final int epoch, final int steps, final double seconds) {
        final boolean validated = samples.validation() > 0;
        epochRows.add(new TrainingLog.EpochRow(
                epoch,
                steps,
                training.loss(),
                training.results(),
                validated ? OptionalDouble.of(validation.loss()) : OptionalDouble.empty(),
                validated ? validation.results() : List.of(),
                learningRate,
                seconds));
        lines.epochEnds(seconds);
    }

    private boolean goOn(final int epoch, final int number, final int steps) {
        return monitor.goOn(new Progress(epoch, config.epochs(), number, steps, lastLoss));
    }

    private static void checkLoss(final double loss, final String place) {
        if (!Double.isFinite(loss)) {
            throw new InvalidInputException("The loss must stay a finite number, but it became " + loss + " " + place
                    + "; choose a smaller learning rate, or divide the pixels by 255 when the data are read.");
        }
    }
}
