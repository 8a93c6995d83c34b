package org.gradienttape.step;

import org.gradienttape.tensor.Tensor;

/**
 * What a step of the GAN Trainer returns: the guide's {@code return d_loss, g_loss, generated_images}.
 *
 * @param discriminator its loss in this step, one number, shape []
 * @param generator its loss in this step, one number, shape []
 * @param generatedImages [any number, height, width, channels]; the first one may be kept in the table of images
 */
public record GanLosses(Tensor discriminator, Tensor generator, Tensor generatedImages) {}
