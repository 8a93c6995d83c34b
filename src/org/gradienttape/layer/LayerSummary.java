package org.gradienttape.layer;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a network looks like, one row per layer and per layer within one in Java, as Keras' model.summary() shows it.
 *
 * @param rows in the network's order
 */
public record LayerSummary(List<Row> rows) {
    private static final String IN_JAVA = " (Java code)";

    /**
     * One layer.
     *
     * @param name unique in the network
     * @param type Keras' class name, or that of a class in Java, as {@link Layer#title}
     * @param output the shape of one output sample
     * @param parameters how many numbers its weights hold
     * @param connectedTo the layers whose output it takes, or {@link Network#INPUT}
     * @param trainable whether it has weights that the optimizer changes
     */
    public record Row(
            String name, String type, Shape output, long parameters, List<String> connectedTo, boolean trainable) {}

    public LayerSummary {
        rows = List.copyOf(rows);
    }

    public static LayerSummary of(final Network network) {
        return new LayerSummary(
                network.nodes().stream().flatMap(LayerSummary::rows).toList());
    }

    /** A layer; behind one in Java, the layers within. Each weight counts once. */
    private static Stream<Row> rows(final Network.Node node) {
        if (!(node.layer() instanceof CodeLayer code)) {
            return Stream.of(row(node.name(), node.layer().title(), node.output(), node.weights(), node.from()));
        }
        final LayerPlan plan = code.plan();
        return Stream.concat(
                Stream.of(row(node.name(), code.type() + IN_JAVA, node.output(), plan.ownWeights(), node.from())),
                plan.parts().stream()
                        .map(part -> row(
                                node.name() + "/" + part.name(),
                                part.layer().isPresent() ? part.type() : part.type() + IN_JAVA,
                                part.output(),
                                plan.weights(part),
                                part.from().stream()
                                        .map(source -> source.equals(LayerPlan.INPUT)
                                                ? node.from().get(0)
                                                : node.name() + "/" + source)
                                        .toList())));
    }

    private static Row row(
            final String name,
            final String type,
            final Shape output,
            final List<WeightSpec> weights,
            final List<String> connectedTo) {
        return new Row(
                name,
                type,
                output,
                weights.stream().mapToLong(weight -> weight.shape().size()).sum(),
                connectedTo,
                weights.stream().anyMatch(WeightSpec::trainable));
    }
}
