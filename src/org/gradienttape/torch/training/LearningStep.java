package org.gradienttape.torch.training;

import java.util.List;
import java.util.Optional;
import org.gradienttape.layer.Weights;
import org.gradienttape.train.TrainStep;

/** A training step whose weights can be read. */
public interface LearningStep extends TrainStep {
    /** The generated code, if the step is compiled. */
    Optional<String> code();

    /** Copies of the weights as they are now, one for each of its networks, in their order. */
    List<Weights> weights();
}
