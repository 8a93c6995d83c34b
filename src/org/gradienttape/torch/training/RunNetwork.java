package org.gradienttape.torch.training;

import java.util.HashMap;
import java.util.Map;
import org.gradienttape.code.LayerCode;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.state.Memory;
import org.gradienttape.tensor.RandomSource;
import org.gradienttape.torch.Computation;

/**
 * A network of a run.
 *
 * @param prefix of the names of its variables
 * @param network with its weights as variables
 */
public record RunNetwork(String prefix, CallableNetwork network) {
    /**
     * @param start where training starts
     * @param random for layers that draw numbers
     * @param code the layers in Java
     */
    public static RunNetwork of(
            final String prefix,
            final Model start,
            final Computation computation,
            final RandomSource random,
            final LayerCode code) {
        return new RunNetwork(
                prefix,
                new CallableNetwork(
                        start.network(),
                        start.weights(),
                        (weight, values, shape) -> computation.variable(prefix + weight, values, shape),
                        computation::machine,
                        random,
                        code::object));
    }

    /**
     * Keeps what layers in Java have in their fields, or gives it back.
     *
     * @param references what a step's fields may hold
     */
    public void keep(final Memory memory, final Map<String, Object> references) {
        network.keep(memory.part(prefix + "layers"), references);
    }

    /** A copy of the weights as they are now. */
    public Weights weights(final Computation computation) {
        final Map<String, float[]> values = new HashMap<>();
        network.weights()
                .forEach(weight -> values.put(weight.name().substring(prefix.length()), computation.read(weight)));
        return Weights.taking(network.network(), values);
    }
}
