package org.gradienttape.torch.training;

import java.util.Optional;
import org.gradienttape.model.Model;
import org.gradienttape.train.TrainingLog;

/**
 * What a training run leaves.
 *
 * @param model the same network with trained weights; after a cancel, as far as it was trained
 * @param log what was measured
 * @param code the generated code, if the run was compiled
 */
public record TrainedModel(Model model, TrainingLog log, Optional<String> code) {}
