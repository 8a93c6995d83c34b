package org.gradienttape.data;

import java.util.Optional;

/**
 * What would be read.
 *
 * @param training the samples to train on
 * @param heldOut the samples kept away from training; empty when none were asked for
 */
public record DatasetInfoPair(DatasetInfo training, Optional<DatasetInfo> heldOut) {}
