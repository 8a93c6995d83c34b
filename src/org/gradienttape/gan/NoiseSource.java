package org.gradienttape.gan;

/** The random numbers of a run. Not for several threads. */
public interface NoiseSource {
    /**
     * What the generator makes images of.
     *
     * @return [images, latent dimension], row-major
     */
    float[] latentPoints(int images);

    /** What is added to so many labels of the discriminator. */
    float[] labelNoise(int labels);
}
