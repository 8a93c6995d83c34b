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

    private final TrainStep step;
    private final int trainingSamples;
    private final int validationSamples;
    private final TrainingConfig config;
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
            final int trainingSamples,
            final int validationSamples,
            final TrainingConfig config,
            final Supplier<List<Metric>> metrics,
            final TrainingMonitor monitor) {
        this.step = step;
        this.trainingSamples = trainingSamples;
        this.validationSamples = validationSamples;
        this.config = config;
        this.monitor = monitor;
        this.lines = new GuideLines(monitor);
        this.random = new SplittableRandom(config.seed());
        this.training = new Tally(metrics.get());
        this.validation = new Tally(metrics.get());
    }

    /**
     * Runs all epochs, or as many steps as the monitor allows.
     *
     * @param step what happens with a batch; stays open
     * @param trainingSamples at least 1; shuffled anew in each epoch, all from the seed
     * @param validationSamples 0 for no validation; taken in file order
     * @param metrics makes fresh metrics, once for training and once for validation
     * @param monitor asked before each step, of validation too
     * @return rows of all logged steps and of all finished epochs, also after the monitor ended the run
     * @throws InvalidInputException if a loss is not a finite number; names epoch and step
     */
    public static TrainingLog run(
            final TrainStep step,
            final int trainingSamples,
            final int validationSamples,
            final TrainingConfig config,
            final Supplier<List<Metric>> metrics,
            final TrainingMonitor monitor) {
        return new TrainingLoop(step, trainingSamples, validationSamples, config, metrics, monitor).run();
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
                new BatchIterator(trainingSamples, config.batchSize(), config.shuffleBuffer(), random);
        final int steps = batches.steps();
        lines.epochStarts(epoch);
        training.reset();
        long samplesSeen = 0;
        for (int number = 0; batches.hasNext(); number++) {
            if (!goOn(epoch, number, steps)) {
                return StopReason.CANCELLED;
            }
            final int[] batch = batches.next();
            samplesSeen += batch.length;
            trainOn(batch, epoch, number, samplesSeen);
        }
        lines.training(training);
        if (!validate(epoch, steps)) {
            return StopReason.CANCELLED;
        }
        finishEpoch(epoch, steps, (System.nanoTime() - start) / 1e9);
        return StopReason.COMPLETED;
    }

    private void trainOn(final int[] batch, final int epoch, final int number, final long samplesSeen) {
        final BatchResult result = step.train(batch);
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
        if (validationSamples == 0) {
            return true;
        }
        validation.reset();
        final BatchIterator batches = new BatchIterator(
                validationSamples, config.batchSize(), FILE_ORDER, new SplittableRandom(config.seed()));
        while (batches.hasNext()) {
            if (!goOn(epoch, steps, steps)) {
                return false;
            }
            validation.add(step.evaluate(batches.next()));
        }
        checkLoss(validation.loss(), "in the validation after epoch " + epoch);
        lines.validation(validation);
        return true;
    }

    private void finishEpoch(final int epoch, final int steps, final double seconds) {
        final boolean validated = validationSamples > 0;
        epochRows.add(new TrainingLog.EpochRow(
                epoch,
                steps,
                training.loss(),
                training.results(),
                validated ? OptionalDouble.of(validation.loss()) : OptionalDouble.empty(),
                validated ? validation.results() : List.of(),
                step.learningRate(),
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
