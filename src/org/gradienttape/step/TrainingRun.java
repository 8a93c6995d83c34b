package org.gradienttape.step;

import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.optimizer.Optimizer;

/** A run of the GradientTape Trainer. */
public interface TrainingRun extends Run {
    /** The network with its weights: the guide's {@code model}. */
    CallableNetwork model();

    /** The node's optimizer, with the node's clipping and the learning rate of this step. */
    Optimizer optimizer();

    /** The node's metrics. */
    Metrics metrics();
}
