package org.gradienttape.callback;

import java.nio.file.Path;
import java.util.List;

/**
 * Writes each network to a file of its own whenever a number is better than ever: Keras' ModelCheckpoint with save_best_only.
 *
 * @param watch Keras' default is the validation loss with a minimum change of 0
 * @param files one for each network; each is replaced as a whole each time
 * @param existing what happens when a file is there before the run
 */
public record CheckpointConfig(Watch watch, List<Path> files, Existing existing) {
    /** What happens to models that are there before the run. */
    public enum Existing {
        /** The run does not begin. */
        FAIL,
        /** A model with a better number takes their place. */
        REPLACE_IF_BETTER,
        /** The model of the first epoch takes their place. */
        REPLACE
    }
}
