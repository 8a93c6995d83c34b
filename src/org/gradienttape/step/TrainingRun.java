package org.gradienttape.step;

/** A run of the GradientTape Trainer. */
public interface TrainingRun extends Run {
    Model model();

    /** The node's optimizer. */
    Optimizer optimizer();

    /** The node's metrics. */
    Metrics metrics();
}
