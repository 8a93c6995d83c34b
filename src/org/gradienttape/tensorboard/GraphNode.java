package org.gradienttape.tensorboard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.LayerPlan;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;

/**
 * A box of the drawn network.
 *
 * @param name unique in the graph; what stands before a slash is drawn as a box around it
 * @param type Keras' class name
 * @param inputs names of the boxes that it takes
 * @param output the shape of one sample that it gives
 */
record GraphNode(String name, String type, List<String> inputs, Shape output) {
    /**
     * The layers of a network, and those within layers in Java.
     *
     * @param prefix of all names, with its slash
     */
    static List<GraphNode> of(final String prefix, final Network network) {
        final List<GraphNode> nodes = new ArrayList<>();
        final Map<String, String> boxes = new HashMap<>();
        nodes.add(new GraphNode(prefix + Network.INPUT, "Placeholder", List.of(), network.input()));
        boxes.put(Network.INPUT, prefix + Network.INPUT);
        for (final Network.Node layer : network.nodes()) {
            final List<String> before = layer.from().stream().map(boxes::get).toList();
            final String name = prefix + layer.name();
            if (layer.layer() instanceof CodeLayer code && !code.plan().parts().isEmpty()) {
                addParts(nodes, name + "/", before.get(0), code.plan());
            } else {
                nodes.add(new GraphNode(name, layer.layer().type(), before, layer.output()));
            }
            boxes.put(layer.name(), nodes.get(nodes.size() - 1).name());
        }
        return nodes;
    }

    private static void addParts(
            final List<GraphNode> nodes, final String prefix, final String before, final LayerPlan plan) {
        plan.parts()
                .forEach(part -> nodes.add(new GraphNode(
                        prefix + part.name(), part.type(), names(prefix, before, part.from()), part.output())));
        nodes.add(new GraphNode(
                prefix + "output", plan.className(), names(prefix, before, plan.outputFrom()), plan.output()));
    }

    private static List<String> names(final String prefix, final String before, final List<String> from) {
        return from.stream()
                .map(part -> part.equals(LayerPlan.INPUT) ? before : prefix + part)
                .toList();
    }
}
