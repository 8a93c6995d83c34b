package org.gradienttape.gan;

import org.gradienttape.error.Bounds;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.train.TrainingConfig;

/**
 * How a generator and a discriminator are trained.
 *
 * @param training epochs, batches of real images, shuffle, seed (of the noise too) and how often losses are logged
 * @param latentDimension numbers that the generator makes one image of, at least 1
 * @param labelNoise uniform noise of at most this is added to the discriminator's labels; at least 0
 * @param images which generated images are kept
 */
public record GanConfig(TrainingConfig training, int latentDimension, double labelNoise, KeptImages images) {
    /**
     * Which generated images are kept.
     *
     * @param every at step 0 of each epoch and every so many steps, at least 1
     * @param fixed how many images of latent points that stay the same during the run, beside the one of the batch's
     *     own; at least 0
     */
    public record KeptImages(int every, int fixed) {
        public KeptImages {
            Bounds.atLeast("number of steps between two generated images", 1, every);
            Bounds.atLeast("number of images from fixed noise", 0, fixed);
        }
    }

    public GanConfig {
        Bounds.atLeast("latent dimension", 1, latentDimension);
        if (!(labelNoise >= 0 && labelNoise <= 1)) {
            throw new InvalidInputException(
                    "The label noise must be at least 0 and at most 1, but it is " + labelNoise + ".");
        }
    }
}
