package org.gradienttape.checkpoint;

import java.nio.file.Path;
import org.gradienttape.error.InvalidInputException;

/**
 * How the state of a run is kept, and whether it goes on from one that was.
 *
 * @param folder of the run's checkpoints; made if it is not there; no two runs at once may have the same
 * @param every after how many of the unit a checkpoint is written, at least 1
 * @param unit what is counted
 * @param resume whether the run goes on
 */
public record CheckpointPlan(Path folder, int every, Unit unit, Resume resume) {
    /** What is counted between two checkpoints. */
    public enum Unit {
        /** Over all epochs. */
        STEPS,
        EPOCHS,
        MINUTES
    }

    /** Whether a run goes on where an earlier one ended. */
    public enum Resume {
        /** It begins anew; its first checkpoints take the place of those that are there. */
        NEVER,
        /** If there is a checkpoint; one of another run is an error. */
        IF_THERE,
        /** Without a checkpoint, the run is an error. */
        MUST
    }

    public CheckpointPlan {
        checkEvery(every);
    }

    /**
     * Checks the number alone, where the folder is not known yet.
     *
     * @throws InvalidInputException if it is too small
     */
    public static void checkEvery(final int every) {
        if (every < 1) {
            throw new InvalidInputException(
                    "The distance of two checkpoints must be at least 1, but it is " + every + ".");
        }
    }
}
