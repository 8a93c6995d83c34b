package org.gradienttape.metric;

/** The weighted mean of numbers, summed in double precision; Keras' Mean. */
public final class Mean {
    private double sum;
    private double weights;

    /**
     * Takes one value in.
     *
     * @param weight how much it counts, for example the samples of a batch; at least 0
     */
    public void update(final double value, final double weight) {
        sum += value * weight;
        weights += weight;
    }

    /** The mean since the last reset; NaN before the first value. */
    public double result() {
        return weights == 0 ? Double.NaN : sum / weights;
    }

    public void reset() {
        sum = 0;
        weights = 0;
    }
}
