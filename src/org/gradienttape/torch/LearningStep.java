package org.gradienttape.torch;

import java.util.Optional;
import org.gradienttape.layer.Weights;
import org.gradienttape.train.TrainStep;

/** A training step whose weights can be read. */
interface LearningStep extends TrainStep {
    /** The generated code, if the step is compiled. */
    Optional<String> code();

    /** A copy of the weights as they are now. */
    Weights weights();
}
