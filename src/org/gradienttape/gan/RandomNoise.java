package org.gradienttape.gan;

import java.util.random.RandomGenerator;

/** Latent points from the standard normal distribution, label noise uniform in [0, amplitude): the guide's. */
public final class RandomNoise implements NoiseSource {
    private final RandomGenerator random;
    private final int latentDimension;
    private final double amplitude;

    public RandomNoise(final RandomGenerator random, final int latentDimension, final double amplitude) {
        this.random = random;
        this.latentDimension = latentDimension;
        this.amplitude = amplitude;
    }

    @Override
    public float[] latentPoints(final int images) {
        final float[] points = new float[Math.multiplyExact(images, latentDimension)];
        for (int i = 0; i < points.length; i++) {
            points[i] = (float) random.nextGaussian();
        }
        return points;
    }

    @Override
    public float[] labelNoise(final int labels) {
        final float[] noise = new float[labels];
        for (int i = 0; i < labels; i++) {
            noise[i] = (float) (amplitude * random.nextDouble());
        }
        return noise;
    }
}
