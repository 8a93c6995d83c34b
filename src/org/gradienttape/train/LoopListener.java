package org.gradienttape.train;

import java.util.List;
import java.util.Optional;
import org.gradienttape.state.Memory;

/**
 * What the loop asks and tells while it runs; each family says it in its own words. Called on the training thread.
 */
public interface LoopListener {
    /**
     * Asked before each call of the step, which may bring several batches, of validation too.
     *
     * @return false to end the run there
     */
    boolean goOn(Progress progress);

    /** A line for people. */
    void log(String line);

    /**
     * The run begins, or goes on.
     *
     * @param stepsDone in the whole run, before
     * @param justEnded the epoch that ended with the last of them, unless its validation comes anew
     */
    default void begins(final long stepsDone, final Optional<TrainingLog.EpochRow> justEnded) {}

    /** An epoch starts, from 0. */
    void epochStarts(int epoch);

    /**
     * Whether {@link #beforeStep} looks at the networks before a step; such a step begins a call.
     *
     * @param step from 0, within the epoch
     */
    default boolean looksBefore(final int step) {
        return false;
    }

    /** Right before a step that {@link #looksBefore} named. */
    default void beforeStep(final int epoch, final int step) {}

    /** A step is done; steps of one call are told one after the other. */
    default void afterStep(final int epoch, final int step, final BatchResult result) {}

    /** A step was logged. */
    void logged(TrainingLog.StepRow row);

    /**
     * All training batches of an epoch are done.
     *
     * @param metrics their names
     * @param values in the order of the names; NaN where they are undefined
     */
    default void trained(final List<String> metrics, final List<Double> values) {}

    /** The validation after an epoch is done; as {@link #trained}. */
    default void validated(final List<String> metrics, final List<Double> values) {}

    /** An epoch is over, validation included. */
    default void epochEnds(final TrainingLog.EpochRow row) {}

    /** Keeps what the next steps add to, or goes back to it. */
    default void keep(final Memory memory) {}
}
