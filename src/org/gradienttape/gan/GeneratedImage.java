package org.gradienttape.gan;

import org.gradienttape.layer.Shape;

/**
 * An image that the generator made during training.
 *
 * @param epoch from 0
 * @param step from 0, within the epoch; the generator is as it was before this step's update
 * @param noise what it was made of
 * @param number from 0, among the images of the same step and noise
 * @param shape height x width x channels, with 1 channel (grey) or 3 (red, green, blue)
 * @param pixels row-major, one unsigned byte per number, 0 is black
 */
public record GeneratedImage(int epoch, int step, Noise noise, int number, Shape shape, byte[] pixels) {
    /** What an image is made of. */
    public enum Noise {
        /** Latent points of the step's own batch. */
        RUNNING,
        /** Latent points that stay the same during the run, so that progress can be compared. */
        FIXED
    }
}
