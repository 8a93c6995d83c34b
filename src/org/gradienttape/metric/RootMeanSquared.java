package org.gradienttape.metric;

/** The square root of the weighted mean of squared errors, over all targets together; Keras' RootMeanSquaredError. */
public final class RootMeanSquared {
    private final Mean squares = new Mean();

    /**
     * Takes one number of a sample in.
     *
     * @param weight how much it counts; at least 0
     */
    public void update(final double prediction, final double target, final double weight) {
        squares.update((prediction - target) * (prediction - target), weight);
    }

    /** The value since the last reset; NaN before the first number. */
    public double result() {
        return Math.sqrt(squares.result());
    }

    public void reset() {
        squares.reset();
    }
}
