package org.gradienttape.gan;

/**
 * What a step tells.
 *
 * @param discriminatorLoss before the discriminator's update, mean over generated and real images
 * @param generatorLoss before the generator's update and after the discriminator's, mean over generated images
 * @param image the first image that was generated for the discriminator: height x width x channels, row-major, one
 *     unsigned byte per number
 */
public record GanResult(double discriminatorLoss, double generatorLoss, byte[] image) {}
