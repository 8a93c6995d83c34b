package org.gradienttape.bench;

import java.util.List;

/** One way to train the same networks on the same data with the same batches. */
interface Contestant extends AutoCloseable {
    String name();

    /**
     * Trains from fresh weights.
     *
     * @param units epochs or steps, whichever the benchmark counts
     */
    Outcome train(int units);

    @Override
    default void close() {}

    /**
     * What one training gave.
     *
     * @param seconds wall-clock time of each unit
     * @param result shows that the work was done: accuracy on the validation data or a loss, after the last unit
     */
    record Outcome(List<Double> seconds, double result) {}
}
