package org.gradienttape.optimizer;

import java.util.List;
import java.util.Map;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/** How an optimizer changes weights by their gradients. One object lasts for a run. */
public interface UpdateRule {
    /**
     * State that each weight has: as many numbers as the weight.
     *
     * @param name within the weight, for example "mean"
     * @param start what all of them are at first
     */
    record State(String name, double start) {}

    /**
     * A weight that changes.
     *
     * @param variable its numbers
     * @param states by their names
     */
    record Weight(Variable variable, Map<String, Variable> states) {
        Variable state(final String name) {
            return states.get(name);
        }

        /** mean = decay * mean + (1 - decay) * values; returns the new mean. */
        Tensor average(final String name, final Tensor values, final double decay) {
            final Variable mean = state(name);
            mean.assign(mean.mul(decay).add(values.mul(1 - decay)));
            return mean;
        }

        /** w = w - step. */
        void subtract(final Tensor step) {
            variable.assign(variable.sub(step));
        }
    }

    /** What each weight has beside its numbers; nothing by default. */
    default List<State> states() {
        return List.of();
    }

    /**
     * Begins an update of all weights.
     *
     * @param update its number, from 1
     * @param rate the learning rate
     */
    void begin(int update, double rate);

    /** Changes one weight. */
    void change(Weight weight, Tensor gradient);
}
