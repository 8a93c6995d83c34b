package org.gradienttape.callback;

import java.nio.file.Path;
import java.util.List;
import org.gradienttape.model.IfExists;

/**
 * Writes each network to a file of its own whenever a number is better than ever: Keras' ModelCheckpoint with save_best_only.
 *
 * @param watch Keras' default is the validation loss with a minimum change of 0
 * @param files one for each network; each is replaced as a whole each time
 * @param ifExists what happens when a file is there before the run
 */
public record CheckpointConfig(Watch watch, List<Path> files, IfExists ifExists) {}
