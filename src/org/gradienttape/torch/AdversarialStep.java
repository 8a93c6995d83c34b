package org.gradienttape.torch;

import java.util.List;

/** A step for two networks: the discriminator, then the generator. */
interface AdversarialStep extends LearningStep {
    /**
     * Images of the latent points that stay the same during the run, by the generator as it is now; none if the run
     * keeps none.
     *
     * @return each height x width x channels, row-major, one unsigned byte per number
     */
    List<byte[]> fixedImages();
}
