package org.gradienttape.bench;

import java.util.List;

/** One way to train the guide's classifier on the same data with the same batches. */
interface Contestant {
    String name();

    /** Trains from fresh weights. */
    Outcome train(int epochs);

    /**
     * What one training gave.
     *
     * @param secondsPerEpoch wall-clock time of each epoch, validation included
     * @param accuracy on the validation data after the last epoch; shows that the work was done
     */
    record Outcome(List<Double> secondsPerEpoch, double accuracy) {}
}
