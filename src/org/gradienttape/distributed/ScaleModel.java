package org.gradienttape.distributed;

/**
 * How long it takes workers to add up over a ring: each sends twice as many messages as there are others, each as long as all
 * numbers divided by the workers.
 *
 * @param secondsPerMessage before its first byte arrives
 * @param secondsPerByte of a message
 */
public record ScaleModel(double secondsPerMessage, double secondsPerByte) {
    /** 10 gigabits a second, and TCP as it is. */
    public static final ScaleModel TEN_GIGABIT = new ScaleModel(60e-6, 0.8e-9);

    /** Seconds that the sum of so many floats takes. */
    public double seconds(final int workers, final long floats) {
        return 2.0 * (workers - 1) * (secondsPerMessage + (double) floats * Float.BYTES / workers * secondsPerByte);
    }

    /**
     * Which part of its time a worker computes, if each has as many samples as one alone would.
     *
     * @param step seconds of the step of one worker
     */
    public double efficiency(final int workers, final long floats, final double step) {
        return step / (step + seconds(workers, floats));
    }
}
