package org.gradienttape.step;

import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.optimizer.Optimizer;

/** A run of the GAN Trainer. */
public interface GanRun extends Run {
    CallableNetwork generator();

    CallableNetwork discriminator();

    /** The node's optimizer for the generator. */
    Optimizer generatorOptimizer();

    /** The node's optimizer for the discriminator. */
    Optimizer discriminatorOptimizer();

    /** How many random numbers the generator makes one image from. */
    int latentDimension();

    /** The node's label noise: the most that is added to the discriminator's labels. */
    double labelNoise();
}
