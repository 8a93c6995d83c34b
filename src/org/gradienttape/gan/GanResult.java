package org.gradienttape.gan;

import java.util.Map;

/**
 * What a step tells.
 *
 * @param discriminatorLoss before the discriminator's update, mean over generated and real images
 * @param generatorLoss before the generator's update and after the discriminator's, mean over generated images
 * @param image the first image that was generated for the discriminator: height x width x channels, row-major, one
 *     unsigned byte per number
 * @param reported numbers of the step's own for the step log, by the name of their column
 */
public record GanResult(double discriminatorLoss, double generatorLoss, byte[] image, Map<String, Double> reported) {
    /** Of a step that reports nothing of its own. */
    public GanResult(final double discriminatorLoss, final double generatorLoss, final byte[] image) {
        this(discriminatorLoss, generatorLoss, image, Map.of());
    }
}
