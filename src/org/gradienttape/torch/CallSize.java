package org.gradienttape.torch;

/**
 * Chooses how many batches go into one call of compiled code: as many as take about 25 ms, so that a cancel is noticed
 * within 50 ms and the cost of the call itself is spread. Numbers do not depend on the choice.
 */
public final class CallSize {
    private static final double NANOSECONDS = 25e6;

    private final int largest;
    private int batches = 1;

    /**
     * @param largest the most batches of a call, at least 1
     */
    public CallSize(final int largest) {
        this.largest = largest;
    }

    /** Batches of the next call. */
    public int batches() {
        return batches;
    }

    /**
     * Takes in how long a call took; the next one is at most twice as large as that one might have been. A short one, before a
     * checkpoint or at the end of an epoch, so makes none short behind it.
     */
    public void took(final int batchesOfCall, final long nanoseconds) {
        final double fitting = NANOSECONDS * batchesOfCall / Math.max(1, nanoseconds);
        batches = (int) Math.max(1, Math.min(fitting, Math.min(largest, 2.0 * batches)));
    }
}
