package org.gradienttape.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One forward pass of a network while it is written, and what its layers leave beside their output. */
final class Pass {
    /** What the pass is for. */
    enum Mode {
        /** The network learns from this batch. */
        TRAINING,
        /** Another network learns from this batch; this one works as in training, but nothing of it changes. */
        TRAINING_OTHER,
        INFERENCE
    }

    private final Body body;
    private final Mode mode;
    private final List<String> addedLosses = new ArrayList<>();
    private final Map<String, String> gradients = new LinkedHashMap<>();

    Pass(final Body body, final Mode mode) {
        this.body = body;
        this.mode = mode;
    }

    Body body() {
        return body;
    }

    /** Writes an assignment; see {@link Body#let}. */
    String let(final String name, final String expression) {
        return body.let(name, expression);
    }

    boolean isTraining() {
        return mode != Mode.INFERENCE;
    }

    /** Whether layers that keep statistics of the batches they see take this one in. */
    boolean updatesStatistics() {
        return mode == Mode.TRAINING;
    }

    /**
     * Takes a loss in that a layer adds.
     *
     * @param variable that holds one number
     */
    void addLoss(final String variable) {
        addedLosses.add(variable);
    }

    /** Writes the sum of the data's loss and the added ones, if there are any; returns its name. */
    String total(final String dataLoss) {
        String total = dataLoss;
        for (final String added : addedLosses) {
            total = let("loss", "torch.add(" + total + ", " + added + ")");
        }
        return total;
    }

    /**
     * Writes the gradient of a weight.
     *
     * @param weight name of the tensor
     */
    void gradient(final String weight, final String expression) {
        gradients.put(weight, let(weight + "_gradient", expression));
    }

    /** The variables that hold gradients, by the name of the weight. */
    Map<String, String> gradients() {
        return gradients;
    }
}
