package org.gradienttape.step;

import java.util.Optional;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.tensor.Tensor;

/** A run of the GradientTape Trainer. */
public interface TrainingRun extends Run {
    /** The network with its weights: the guide's {@code model}. */
    CallableNetwork model();

    /** The node's optimizer, with the node's clipping and the learning rate of this step. */
    Optimizer optimizer();

    /**
     * How much each sample of the batch counts, [batch], float32: for {@code run.loss().call(y, predictions, weights)}. In
     * training, the weight column of the dataset times the weight of the sample's class; in validation, the weight column.
     *
     * @return empty if all samples count alike
     */
    Optional<Tensor> sampleWeights();

    /** The node's metrics. */
    Metrics metrics();
}
