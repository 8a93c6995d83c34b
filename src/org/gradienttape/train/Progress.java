package org.gradienttape.train;

import java.util.Locale;

/**
 * How far training is.
 *
 * @param epoch from 0
 * @param epochs in all
 * @param step from 0, within the epoch
 * @param steps of one epoch
 * @param loss of the batch before; NaN before the first
 */
public record Progress(int epoch, int epochs, int step, int steps, double loss) {
    /** Between 0 and 1. */
    public double fraction() {
        return (epoch + (double) step / steps) / epochs;
    }

    /** For example "Epoch 1 of 2, step 430 of 782, loss 0.5406". */
    public String message() {
        final String place = "Epoch " + (epoch + 1) + " of " + epochs + ", step " + step + " of " + steps;
        return Double.isNaN(loss) ? place : place + String.format(Locale.ROOT, ", loss %.4f", loss);
    }
}
