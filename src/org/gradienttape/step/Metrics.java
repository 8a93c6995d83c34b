package org.gradienttape.step;

import java.util.Optional;
import org.gradienttape.tensor.Tensor;

/** The metrics of the node; each has a column in the step log and in the epoch log. */
public interface Metrics {
    /**
     * Takes one batch in: the guide's {@code train_acc_metric.update_state(y, logits)}. If no step calls it, the metrics
     * have no value, and their cells are missing; a second call within a step replaces the first.
     *
     * @param y what is true: the labels, [batch], int64; or numbers, [batch, outputs], float32
     * @param predictions [batch, outputs]
     */
    default void updateState(final Tensor y, final Tensor predictions) {
        updateState(y, predictions, Optional.empty());
    }

    /**
     * The same of sequences.
     *
     * @param mask which of their steps count, [batch, steps], 1 or 0: {@code run.model().mask()}; empty if all do
     */
    void updateState(Tensor y, Tensor predictions, Optional<Tensor> mask);
}
