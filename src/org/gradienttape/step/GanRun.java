package org.gradienttape.step;

/** A run of the GAN Trainer. */
public interface GanRun extends Run {
    Model generator();

    Model discriminator();

    /** The node's optimizer for the generator. */
    Optimizer generatorOptimizer();

    /** The node's optimizer for the discriminator. */
    Optimizer discriminatorOptimizer();

    /** How many random numbers the generator makes one image from. */
    int latentDimension();

    /** The node's label noise: the most that is added to the discriminator's labels. */
    double labelNoise();
}
