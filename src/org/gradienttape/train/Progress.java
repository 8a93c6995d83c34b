package org.gradienttape.train;

import java.util.List;
import java.util.Locale;
import org.gradienttape.data.BatchIterator;

/**
 * How far a run is.
 *
 * @param epoch from 0
 * @param step from 0, within the epoch
 * @param stepsDone in the whole run
 * @param plan how much the run will do
 * @param losses of the step before, in the order of the plan's names; none before the first
 */
public record Progress(int epoch, int step, long stepsDone, Plan plan, List<Double> losses) {
    /**
     * How much a run will do.
     *
     * @param epochs in all
     * @param steps of one epoch
     * @param stepsInAll of the whole run, no more than the step limit
     * @param losses their names, for example "Loss"
     */
    public record Plan(int epochs, int steps, long stepsInAll, List<String> losses) {
        /** What a run over this many samples will do. */
        static Plan of(final int samples, final TrainingConfig config, final List<String> losses) {
            final int steps = BatchIterator.steps(samples, config.batchSize());
            final long all = (long) steps * config.epochs();
            return new Plan(
                    config.epochs(), steps, config.stepLimit() == 0 ? all : Math.min(all, config.stepLimit()), losses);
        }
    }

    /** Before the first step of a run over this many samples. */
    public static Progress start(final int samples, final TrainingConfig config, final List<String> losses) {
        return new Progress(0, 0, 0, Plan.of(samples, config, losses), List.of());
    }

    /** Between 0 and 1. */
    public double fraction() {
        return (double) stepsDone / plan.stepsInAll();
    }

    /** For example "Epoch 1 of 2, step 430 of 782, loss 0.5406". */
    public String message() {
        final StringBuilder text = new StringBuilder(
                "Epoch " + (epoch + 1) + " of " + plan.epochs() + ", step " + step + " of " + plan.steps());
        for (int i = 0; i < losses.size(); i++) {
            text.append(String.format(
                    Locale.ROOT, ", %s %.4f", plan.losses().get(i).toLowerCase(Locale.ROOT), losses.get(i)));
        }
        return text.toString();
    }
}
