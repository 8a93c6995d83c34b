package org.gradienttape.callback;

import java.nio.file.Path;
import org.gradienttape.model.IfExists;

/**
 * Writes the model to a file whenever a number is better than ever: Keras' ModelCheckpoint with save_best_only.
 *
 * @param watch Keras' default is the validation loss with a minimum change of 0
 * @param file replaced as a whole each time
 * @param ifExists what happens when the file is there before the run
 */
public record CheckpointConfig(Watch watch, Path file, IfExists ifExists) {}
