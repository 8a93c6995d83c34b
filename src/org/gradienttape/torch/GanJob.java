package org.gradienttape.torch;

import org.gradienttape.data.Dataset;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;

/**
 * All that a run of adversarial training needs.
 *
 * @param generator makes images of latent points
 * @param discriminator tells them from real ones: one logit, high for generated images
 * @param training the real images; labels are not looked at
 * @param config how the loop runs
 * @param compute device and threads
 */
public record GanJob(Player generator, Player discriminator, Dataset training, GanConfig config, Compute compute) {
    /**
     * One of the two networks.
     *
     * @param model where training starts; stays as it is
     * @param optimizer how its weights change
     */
    public record Player(Model model, OptimizerConfig optimizer) {}

    /** Real images of a step, and generated ones: the batch size, or all samples if there are fewer. */
    int batchSize() {
        return Math.min(config.training().batchSize(), training.samples());
    }
}
