package org.gradienttape.metric;

/**
 * Of all labels, the share whose output has a probability above 0.5: Keras' Recall. The outputs of all classes are
 * counted together; with one output it is the recall of label 1.
 */
public final class Recall implements Metric {
    private final Outputs outputs;
    private final Decisions decisions = new Decisions();

    public Recall(final Outputs outputs) {
        this.outputs = outputs;
    }

    @Override
    public String name() {
        return "Recall";
    }

    @Override
    public void update(final Predictions predictions, final Targets targets) {
        decisions.addAll(predictions, outputs, targets);
    }

    @Override
    public double result() {
        return decisions.recall();
    }

    @Override
    public void reset() {
        decisions.reset();
    }
}
