package org.gradienttape.metric;

/**
 * Of all outputs with a probability above 0.5, the share that is at its label: Keras' Precision. The outputs of all
 * classes are counted together; with one output it is the precision of label 1.
 */
public final class Precision implements Metric {
    private final Outputs outputs;
    private final Decisions decisions = new Decisions();

    public Precision(final Outputs outputs) {
        this.outputs = outputs;
    }

    @Override
    public String name() {
        return "Precision";
    }

    @Override
    public void update(final Predictions predictions, final Targets targets) {
        decisions.addAll(predictions, outputs, targets);
    }

    @Override
    public double result() {
        return decisions.precision();
    }

    @Override
    public void reset() {
        decisions.reset();
    }
}
