package org.gradienttape.data;

import java.util.List;
import java.util.Optional;

/**
 * What was read.
 *
 * @param training the samples to train on
 * @param heldOut the samples kept away from training; empty when none were asked for
 * @param warnings what looks wrong, one sentence each
 */
public record DatasetPair(Dataset training, Optional<Dataset> heldOut, List<String> warnings) {
    public DatasetPair {
        warnings = List.copyOf(warnings);
    }
}
