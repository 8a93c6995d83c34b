package org.gradienttape.optimizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.state.Memory;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.tensor.Variable;
import org.gradienttape.tensor.VariableMaker;

/** Changes weights by their gradients, as Keras' optimizers do; keeps its state, such as momentum, for the run. */
public final class Optimizer {
    private final UpdateRule rule;
    private final GradientClipping clipping;
    private final VariableMaker variables;
    private final Map<Variable, UpdateRule.Weight> weights = new HashMap<>();
    private double learningRate;
    private int updates;

    /**
     * @param variables makes those of its state
     */
    public Optimizer(final Update update, final VariableMaker variables) {
        this.rule = update.optimizer().rule();
        this.clipping = update.clipping();
        this.learningRate = update.optimizer().learningRate();
        this.variables = variables;
    }

    /** Keeps how far it is, or goes back to it; its variables belong to the run. */
    public void keep(final Memory memory) {
        updates = memory.integer("updates", updates);
        learningRate = memory.number("learning rate", learningRate);
    }

    /** The step size of the next update. */
    public double learningRate() {
        return learningRate;
    }

    /** Sets the step size of the next updates: Keras' {@code optimizer.learning_rate = rate}. */
    public void setLearningRate(final double rate) {
        if (!(rate >= 0 && rate <= Double.MAX_VALUE)) {
            throw new TensorException("a learning rate must be a number of at least 0, but it is " + rate);
        }
        learningRate = rate;
    }

    /**
     * One update: the guide's {@code optimizer.apply(grads, model.trainable_weights)}. Gradients are clipped first, if that
     * is set in the node.
     *
     * @param gradients one per weight, of its shape
     * @param changed the weights
     */
    public void apply(final List<? extends Tensor> gradients, final List<? extends Variable> changed) {
        if (gradients == null || changed == null) {
            throw new TensorException("apply needs gradients and weights, but it got null");
        }
        if (gradients.size() != changed.size()) {
            throw new TensorException("apply needs one gradient per weight, but there are " + gradients.size()
                    + " gradients and " + changed.size() + " weights");
        }
        for (int i = 0; i < gradients.size(); i++) {
            check(gradients.get(i), changed.get(i));
        }
        rule.begin(++updates, learningRate);
        if (!changed.isEmpty()) {
            changed.get(0).together(() -> change(gradients, changed));
        }
    }

    private static void check(final Tensor gradient, final Variable weight) {
        if (gradient == null || !Arrays.equals(gradient.shape(), weight.shape())) {
            throw new TensorException("apply needs for the weight " + weight.name() + " a gradient of the shape "
                    + Arrays.toString(weight.shape()) + ", but it is "
                    + (gradient == null ? "null" : "of the shape " + Arrays.toString(gradient.shape())));
        }
    }

    private void change(final List<? extends Tensor> gradients, final List<? extends Variable> changed) {
        final List<Tensor> clipped = clipping.clip(gradients);
        for (int i = 0; i < changed.size(); i++) {
            rule.change(weights.computeIfAbsent(changed.get(i), this::weight), clipped.get(i));
        }
    }

    private UpdateRule.Weight weight(final Variable variable) {
        final Map<String, Variable> states = new HashMap<>();
        for (final UpdateRule.State state : rule.states()) {
            final float[] values = new float[Math.toIntExact(variable.size())];
            Arrays.fill(values, (float) state.start());
            states.put(
                    state.name(), variables.variable(variable.name() + "/" + state.name(), values, variable.shape()));
        }
        return new UpdateRule.Weight(variable, states);
    }
}
