package org.gradienttape.torch.gan;

import java.util.List;
import java.util.Optional;
import org.gradienttape.gan.GeneratedImage;
import org.gradienttape.model.Model;
import org.gradienttape.train.TrainingLog;

/**
 * What a run of adversarial training leaves.
 *
 * @param generator with trained weights; after a cancel, as far as it was trained
 * @param discriminator likewise
 * @param log what was measured
 * @param images those that the settings keep, in the order of their making
 * @param code the generated code, if the run was compiled
 */
public record TrainedGan(
        Model generator, Model discriminator, TrainingLog log, List<GeneratedImage> images, Optional<String> code) {}
