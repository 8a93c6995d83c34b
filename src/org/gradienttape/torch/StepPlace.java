package org.gradienttape.torch;

/**
 * Where a run is.
 *
 * @param epoch from 0
 * @param step from 0, within the epoch
 */
record StepPlace(int epoch, int step) {
    /** The place of an update, counted from 0 over all epochs. */
    static StepPlace of(final long update, final int stepsOfEpoch) {
        return new StepPlace((int) (update / stepsOfEpoch), (int) (update % stepsOfEpoch));
    }

    @Override
    public String toString() {
        return "epoch " + epoch + ", step " + step;
    }
}
