package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.layer.Weights;

/** The weights of a network on the device, for as long as a run lasts, in Keras' layouts. */
final class ResidentWeights {
    private final Network network;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();
    private final List<NDArray> ordered;
    private final List<Integer> trainable = new ArrayList<>();

    /**
     * Copies weights to the device.
     *
     * @param run owner of the arrays
     */
    ResidentWeights(final Network network, final Weights weights, final NDManager run) {
        this.network = network;
        for (final Network.Node node : network.nodes()) {
            for (final WeightSpec weight : node.weights()) {
                final String name = node.weightName(weight);
                // The copy lies in the engine's own memory, aligned alike in every run; results depend on that in the
                // last bit.
                try (NDArray given = run.create(weights.get(name), shape(weight))) {
                    arrays.put(name, given.duplicate());
                }
                if (weight.trainable()) {
                    trainable.add(arrays.size() - 1);
                }
            }
        }
        this.ordered = List.copyOf(arrays.values());
    }

    /** One array per weight, in the network's order. */
    List<NDArray> arrays() {
        return ordered;
    }

    /** Their names, in the network's order. */
    List<String> names() {
        return List.copyOf(arrays.keySet());
    }

    /** Whether an optimizer changes the weight at this place of the network's order. */
    boolean isTrainable(final int place) {
        return trainable.contains(place);
    }

    /** The weights that an optimizer changes, in the network's order. */
    List<NDArray> trainable() {
        return trainable.stream().map(ordered::get).toList();
    }

    /**
     * All weights in the network's order, with others in the place of those that an optimizer changes.
     *
     * @param replacements one per trainable weight, for example the aliases that a tape watches
     */
    List<NDArray> with(final List<NDArray> replacements) {
        final List<NDArray> all = new ArrayList<>(ordered);
        for (int i = 0; i < replacements.size(); i++) {
            all.set(trainable.get(i), replacements.get(i));
        }
        return all;
    }

    /** A copy of the numbers as they are now. */
    Weights read() {
        final Map<String, float[]> values = new LinkedHashMap<>();
        arrays.forEach((name, array) -> values.put(name, HostCopy.floats(array)));
        return Weights.of(network, values);
    }

    private static Shape shape(final WeightSpec weight) {
        return new Shape(weight.shape().dimensions().stream()
                .mapToLong(Integer::longValue)
                .toArray());
    }
}
