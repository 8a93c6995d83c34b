package org.gradienttape.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.gradienttape.data.BatchIterator;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;
import org.gradienttape.train.StopReason;

/** The loop of the guide's GAN: batches of real images, one step each, losses and images every so many steps. */
public final class GanLoop {
    private final GanStep step;
    private final int samples;
    private final Shape shape;
    private final GanConfig config;
    private final GanMonitor monitor;
    private final RandomGenerator random;
    private final GanProgress.Plan plan;
    private final List<GanLog.StepRow> rows = new ArrayList<>();
    private final List<GeneratedImage> images = new ArrayList<>();
    private GanProgress.Losses last = new GanProgress.Losses(Double.NaN, Double.NaN);
    private long stepsDone;

    private GanLoop(
            final GanStep step,
            final int samples,
            final Shape shape,
            final GanConfig config,
            final GanMonitor monitor) {
        this.step = step;
        this.samples = samples;
        this.shape = shape;
        this.config = config;
        this.monitor = monitor;
        this.random = new SplittableRandom(config.training().seed());
        final int steps = newEpoch(random).steps();
        final long all = (long) steps * config.training().epochs();
        this.plan = new GanProgress.Plan(
                config.training().epochs(), steps, config.stepLimit() == 0 ? all : Math.min(all, config.stepLimit()));
    }

    /**
     * Runs all epochs, or as many steps as the limit and the monitor allow.
     *
     * @param step what happens with a batch; stays open
     * @param samples real images, at least 1; shuffled anew in each epoch, all from the seed
     * @param shape of one image
     * @param monitor asked before each call of the step
     * @return all logged steps and kept images, also after the monitor ended the run
     * @throws InvalidInputException if a loss is not a finite number; names epoch and step
     */
    public static GanLog run(
            final GanStep step,
            final int samples,
            final Shape shape,
            final GanConfig config,
            final GanMonitor monitor) {
        return new GanLoop(step, samples, shape, config, monitor).run();
    }

    private GanLog run() {
        StopReason reason = StopReason.COMPLETED;
        for (int epoch = 0; stepsDone < plan.stepsInAll() && reason == StopReason.COMPLETED; epoch++) {
            reason = runEpoch(epoch);
        }
        return new GanLog(plan.steps(), rows, images, reason);
    }

    private StopReason runEpoch(final int epoch) {
        final BatchIterator batches = newEpoch(random);
        monitor.log("Start epoch " + epoch);
        for (int number = 0; batches.hasNext() && stepsDone < plan.stepsInAll(); ) {
            if (!monitor.goOn(new GanProgress(epoch, number, stepsDone, plan, last))) {
                return StopReason.CANCELLED;
            }
            final List<int[]> call = next(batches, number);
            trainOn(call, epoch, number);
            number += call.size();
        }
        return StopReason.COMPLETED;
    }

    /** As many as the step takes in one call; one that needs fixed images, which are made before it, begins a call. */
    private List<int[]> next(final BatchIterator batches, final int first) {
        final long most = Math.min(step.batchesPerCall(), plan.stepsInAll() - stepsDone);
        final List<int[]> next = new ArrayList<>();
        do {
            next.add(batches.next());
        } while (next.size() < most
                && batches.hasNext()
                && !(config.images().fixed() > 0 && keepsImages(first + next.size())));
        return next;
    }

    private boolean keepsImages(final int number) {
        return number % config.images().every() == 0;
    }

    private void trainOn(final List<int[]> batches, final int epoch, final int first) {
        final List<byte[]> fixed = keepsImages(first) ? step.fixedImages() : List.of();
        final List<GanResult> results = step.train(batches);
        for (int i = 0; i < results.size(); i++) {
            take(results.get(i), epoch, first + i, i == 0 ? fixed : List.of());
        }
    }

    private void take(final GanResult result, final int epoch, final int number, final List<byte[]> fixed) {
        stepsDone++;
        last = new GanProgress.Losses(result.discriminatorLoss(), result.generatorLoss());
        checkLoss("discriminator", last.discriminator(), epoch, number);
        checkLoss("generator", last.generator(), epoch, number);
        if (number % config.training().logEvery() == 0) {
            log(epoch, number, result);
        }
        if (keepsImages(number)) {
            keep(epoch, number, result.image(), fixed);
        }
    }

    private void keep(final int epoch, final int number, final byte[] running, final List<byte[]> fixed) {
        final List<GeneratedImage> made = new ArrayList<>();
        made.add(new GeneratedImage(epoch, number, GeneratedImage.Noise.RUNNING, 0, shape, running));
        for (int i = 0; i < fixed.size(); i++) {
            made.add(new GeneratedImage(epoch, number, GeneratedImage.Noise.FIXED, i, shape, fixed.get(i)));
        }
        images.addAll(made);
        monitor.kept(List.copyOf(made));
    }

    /** The lines of the guide, word for word (keras.io/guides/writing_a_custom_training_loop_in_tensorflow). */
    private void log(final int epoch, final int number, final GanResult result) {
        rows.add(new GanLog.StepRow(epoch, number, last.discriminator(), last.generator(), result.reported()));
        monitor.log(String.format(Locale.ROOT, "discriminator loss at step %d: %.2f", number, last.discriminator()));
        monitor.log(String.format(Locale.ROOT, "adversarial loss at step %d: %.2f", number, last.generator()));
    }

    private BatchIterator newEpoch(final RandomGenerator generator) {
        return new BatchIterator(
                samples, config.training().batchSize(), config.training().shuffleBuffer(), generator);
    }

    private static void checkLoss(final String which, final double loss, final int epoch, final int number) {
        if (!Double.isFinite(loss)) {
            throw new InvalidInputException("The " + which + "'s loss must stay a finite number, but it became " + loss
                    + " in epoch " + epoch + ", step " + number
                    + "; choose smaller learning rates, or divide the pixels by 255 when the data are read.");
        }
    }
}
