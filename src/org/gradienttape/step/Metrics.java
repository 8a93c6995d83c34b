package org.gradienttape.step;

/** The metrics of the node, with a column each in step log and epoch log. */
public interface Metrics {
    /**
     * Takes one batch in: the guide's {@code train_acc_metric.update_state(y, logits)}. A step that never calls it leaves
     * the metrics at 0; a second call within a step replaces the first.
     *
     * @param y the labels, [batch], int64
     * @param predictions [batch, outputs]
     */
    void updateState(Tensor y, Tensor predictions);
}
