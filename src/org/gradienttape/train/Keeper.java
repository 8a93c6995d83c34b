package org.gradienttape.train;

import java.util.function.Consumer;
import org.gradienttape.state.Memory;

/**
 * Keeps the state of a run from time to time, so that it can go on later. Called on the training thread, where nothing is
 * under way.
 */
public interface Keeper {
    /** From where a run goes on that ends now. */
    enum Place {
        /** From where it is. */
        HERE,
        /** From behind the last step that was done; the validation begins anew. */
        BEFORE_VALIDATION
    }

    /** Keeps nothing. */
    Keeper NOTHING = new Keeper() {
        @Override
        public boolean begin(final Consumer<Memory> state) {
            return false;
        }

        @Override
        public void beforeFirstFile() {
            // Nothing is kept.
        }

        @Override
        public long stepsUntilDue(final long stepsDone) {
            return Long.MAX_VALUE;
        }

        @Override
        public void afterSteps(final long stepsDone) {
            // Nothing is kept.
        }

        @Override
        public void beforeValidation() {
            // Nothing is kept.
        }

        @Override
        public void afterEpoch(final int epochsDone) {
            // Nothing is kept.
        }

        @Override
        public void end(final Place place) {
            // Nothing is kept.
        }
    };

    /**
     * A run begins; if it goes on, it gets its state back here.
     *
     * @param state keeps the state of the run, or goes back to it
     * @return whether the run goes on
     */
    boolean begin(Consumer<Memory> state);

    /**
     * A run that did not go on will write files beside its state: from now on there is a state that knows them as the run's
     * own.
     */
    void beforeFirstFile();

    /**
     * The most steps of the next call, at least 1, so that the state can be kept right behind them.
     *
     * @param stepsDone in the whole run
     */
    long stepsUntilDue(long stepsDone);

    /** Some steps are done. */
    void afterSteps(long stepsDone);

    /** All steps of an epoch are done, and its validation comes. */
    void beforeValidation();

    /** An epoch is done, validation included. */
    void afterEpoch(int epochsDone);

    /** The run ends, by itself or by somebody. */
    void end(Place place);
}
