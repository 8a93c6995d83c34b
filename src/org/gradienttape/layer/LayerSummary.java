package org.gradienttape.layer;

import java.util.List;

/**
 * What a network looks like, one row per layer, as Keras' model.summary() shows it.
 *
 * @param rows in the network's order
 */
public record LayerSummary(List<Row> rows) {
    /**
     * One layer.
     *
     * @param name unique in the network
     * @param type Keras' class name
     * @param output the shape of one output sample
     * @param parameters how many numbers its weights hold
     * @param trainable whether it has weights that the optimizer changes
     */
    public record Row(String name, String type, Shape output, long parameters, boolean trainable) {}

    public LayerSummary {
        rows = List.copyOf(rows);
    }

    public static LayerSummary of(final Network network) {
        return new LayerSummary(network.nodes().stream()
                .map(node -> new Row(
                        node.name(),
                        node.layer().type(),
                        node.output(),
                        node.weights().stream()
                                .mapToLong(weight -> weight.shape().size())
                                .sum(),
                        node.weights().stream().anyMatch(WeightSpec::trainable)))
                .toList());
    }
}
