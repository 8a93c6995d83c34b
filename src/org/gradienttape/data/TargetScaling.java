package org.gradienttape.data;

import org.gradienttape.error.InvalidInputException;

/**
 * What becomes of a number that a network learns to predict: shifted, then divided, so that it learns from numbers around 0;
 * and back again.
 *
 * @param name of its column
 * @param shift what is taken from it, in its own units
 * @param divisor what the rest is divided by, above 0
 */
public record TargetScaling(String name, double shift, double divisor) {
    public TargetScaling {
        if (!Double.isFinite(shift) || !(divisor > 0 && divisor <= Double.MAX_VALUE)) {
            throw new InvalidInputException(
                    "The target " + name + " should be scaled by a finite shift and a divisor above"
                            + " 0, but they are " + shift + " and " + divisor + ".");
        }
    }

    /** A number that stays as it is. */
    public static TargetScaling none(final String name) {
        return new TargetScaling(name, 0, 1);
    }

    /** What the network learns. */
    public float scaled(final double number) {
        return (float) ((number - shift) / divisor);
    }

    /** What an output of the network is in the number's own units. */
    public double unscaled(final float output) {
        return output * divisor + shift;
    }
}
