package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.error.InvalidInputException;

/**
 * A chain of layers that fit each other. Start here: {@code Network.of(Shape.of(784), List.of(new Layer.Dense(...)))}.
 *
 * @param input the shape of one input sample
 * @param nodes the layers with their names and shapes, in order; at least one
 */
public record Network(Shape input, List<Node> nodes) {
    /**
     * A layer in its place.
     *
     * @param name unique in the network, as Keras numbers them: dense, dense_1, dense_2
     * @param layer the description
     * @param input the shape of one sample that it takes
     * @param output the shape of one sample that it gives
     */
    public record Node(String name, Layer layer, Shape input, Shape output) {
        /** The layer's weights, named within the layer. */
        public List<WeightSpec> weights() {
            return layer.weights(input);
        }

        /** For people who read a program or an error in it: "dense_1: Dense, 64 to 10". */
        public String description() {
            return name + ": " + layer.type() + ", " + input + " to " + output;
        }

        /** The weight's name within the network, for example "dense_1/kernel". */
        public String weightName(final WeightSpec weight) {
            return name + "/" + weight.name();
        }
    }

    public Network {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new InvalidInputException("A network needs at least one layer, but it has none; add a layer.");
        }
    }

    /**
     * Chains the layers.
     *
     * @throws InvalidInputException if a layer does not fit its input; names the layer and both shapes
     */
    public static Network of(final Shape input, final List<Layer> layers) {
        final List<Node> nodes = new ArrayList<>();
        final List<String> names = new ArrayList<>();
        Shape shape = input;
        for (final Layer layer : layers) {
            names.add(LayerNames.free(layer.type(), names));
            nodes.add(new Node(names.get(nodes.size()), layer, shape, outputShape(nodes.size() + 1, layer, shape)));
            shape = nodes.get(nodes.size() - 1).output();
        }
        return new Network(input, nodes);
    }

    /** The shape of one output sample. */
    public Shape output() {
        return nodes.get(nodes.size() - 1).output();
    }

    /** Whether the outputs are probabilities, of softmax or sigmoid, and not logits. */
    public boolean endsInProbabilities() {
        return lastActivation() == Activation.SOFTMAX || lastActivation() == Activation.SIGMOID;
    }

    /** What the last layer that computes something does with its output, itself or as its activation. */
    public Activation lastActivation() {
        Layer last = nodes.get(0).layer();
        for (final Node node : nodes) {
            final Layer layer = node.layer();
            last = layer.passesOn() ? last : layer;
        }
        return last.activation();
    }

    /** The layers that are Java code. */
    public List<Node> codeLayers() {
        return nodes.stream().filter(node -> node.layer() instanceof CodeLayer).toList();
    }

    /** Whether a layer is Java code. */
    public boolean holdsCode() {
        return !codeLayers().isEmpty();
    }

    public List<Layer> layers() {
        return nodes.stream().map(Node::layer).toList();
    }

    /** How many numbers all weights hold together. */
    public long parameterCount() {
        return nodes.stream()
                .flatMap(node -> node.weights().stream())
                .mapToLong(weight -> weight.shape().size())
                .sum();
    }

    private static Shape outputShape(final int position, final Layer layer, final Shape input) {
        try {
            return layer.outputShape(input);
        } catch (final InvalidInputException misfit) {
            throw new InvalidInputException("Layer " + position + ": " + misfit.getMessage(), misfit);
        }
    }
}
