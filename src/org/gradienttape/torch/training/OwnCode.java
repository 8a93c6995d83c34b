package org.gradienttape.torch.training;

import java.util.Optional;

/**
 * What of a run is a user's Java code. Each is the text of a Java file.
 *
 * @param step has one class that implements CustomStep
 * @param loss has one class that implements CustomLoss, which takes the place of the job's loss
 * @param metrics has one class or more that implement Metric; they are reported after the job's metrics
 */
public record OwnCode(Optional<String> step, Optional<String> loss, Optional<String> metrics) {
    /** Nothing; layers of the model may still be Java code. */
    public static final OwnCode NONE = new OwnCode(Optional.empty(), Optional.empty(), Optional.empty());

    /** A step alone. */
    public static OwnCode ofStep(final String source) {
        return new OwnCode(Optional.of(source), Optional.empty(), Optional.empty());
    }

    /** Whether all of the run is ours. */
    public boolean isEmpty() {
        return step.isEmpty() && loss.isEmpty() && metrics.isEmpty();
    }
}
