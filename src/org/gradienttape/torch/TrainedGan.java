package org.gradienttape.torch;

import java.util.Optional;
import org.gradienttape.gan.GanLog;
import org.gradienttape.model.Model;

/**
 * What a run of adversarial training leaves.
 *
 * @param generator with trained weights; after a cancel, as far as it was trained
 * @param discriminator likewise
 * @param log what was measured and made
 * @param code the generated code, if the run was compiled
 */
public record TrainedGan(Model generator, Model discriminator, GanLog log, Optional<String> code) {}
