package org.gradienttape.torch;

import java.util.Optional;
import org.gradienttape.gan.GanStep;
import org.gradienttape.layer.Weights;

/** A GAN step whose weights can be read. */
interface AdversarialStep extends GanStep {
    /** The generated code, if the step is compiled. */
    Optional<String> code();

    /** A copy of the generator's weights as they are now. */
    Weights generatorWeights();

    /** A copy of the discriminator's weights as they are now. */
    Weights discriminatorWeights();
}
