package org.gradienttape.gan;

import java.util.Locale;

/**
 * How far a run is.
 *
 * @param epoch from 0
 * @param step from 0, within the epoch
 * @param stepsDone in the whole run
 * @param plan how much the run will do
 * @param last losses of the step before; NaN before the first
 */
public record GanProgress(int epoch, int step, long stepsDone, Plan plan, Losses last) {
    /**
     * How much a run will do.
     *
     * @param epochs in all
     * @param steps of one epoch
     * @param stepsInAll of the whole run, no more than the step limit
     */
    public record Plan(int epochs, int steps, long stepsInAll) {}

    /** The losses of one step. */
    public record Losses(double discriminator, double generator) {}

    /** Between 0 and 1. */
    public double fraction() {
        return (double) stepsDone / plan.stepsInAll();
    }

    /** For example "Epoch 1 of 2, step 430 of 1094, discriminator loss 0.6120, generator loss 0.8311". */
    public String message() {
        final String place = "Epoch " + (epoch + 1) + " of " + plan.epochs() + ", step " + step + " of " + plan.steps();
        return Double.isNaN(last.discriminator())
                ? place
                : place
                        + String.format(
                                Locale.ROOT,
                                ", discriminator loss %.4f, generator loss %.4f",
                                last.discriminator(),
                                last.generator());
    }
}
