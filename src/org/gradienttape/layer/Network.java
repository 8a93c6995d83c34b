package org.gradienttape.layer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;

/**
 * Layers that fit each other. Start here: {@code Network.of(Shape.of(784), List.of(new Layer.Dense(...)))} makes a chain, a
 * {@link NetworkDrawing} one that branches.
 *
 * @param input the shape of one input sample
 * @param nodes the layers in their places, each behind those that it takes; at least one. The last one gives the output, and
 *     each other one is taken by a layer
 */
public record Network(Shape input, List<Node> nodes) {
    /** Stands for the samples among the names of layers. */
    public static final String INPUT = "input";

    /**
     * A layer in its place.
     *
     * @param name unique in the network, as Keras numbers them: dense, dense_1, dense_2
     * @param layer the description
     * @param from what it takes: names of layers, or {@link #INPUT}; at least one
     * @param inputs the shape of one sample of each of them
     * @param output the shape of one sample that it gives
     */
    public record Node(String name, Layer layer, List<String> from, List<Shape> inputs, Shape output) {
        public Node {
            from = List.copyOf(from);
            inputs = List.copyOf(inputs);
        }

        /** The shape of one sample that it takes, the first one of a layer that joins. */
        public Shape input() {
            return inputs.get(0);
        }

        /** The layer's weights, named within the layer. */
        public List<WeightSpec> weights() {
            return layer.weights(input());
        }

        /** For people who read a program or an error in it: "dense_1: Dense, 64 to 10". */
        public String description() {
            return name + ": " + layer.type() + ", " + Shape.several(inputs) + " to " + output;
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
        final Set<String> unused = new HashSet<>();
        nodes.forEach(node -> unused.add(node.name()));
        nodes.forEach(node -> unused.removeAll(node.from()));
        unused.remove(nodes.get(nodes.size() - 1).name());
        if (!unused.isEmpty()) {
            throw new InvalidInputException(
                    "The output of each layer but the last must be taken by another one, but that" + " of "
                            + String.join(", ", unused) + " is not; join it with others, or leave it out.");
        }
    }

    /**
     * Chains the layers.
     *
     * @throws InvalidInputException if a layer does not fit its input; names the layer and both shapes
     */
    public static Network of(final Shape input, final List<Layer> layers) {
        final NetworkDrawing drawing = new NetworkDrawing(input);
        layers.forEach(drawing::add);
        return drawing.network();
    }

    /** The layer that gives the output. */
    public Node last() {
        return nodes.get(nodes.size() - 1);
    }

    /** The shape of one output sample. */
    public Shape output() {
        return last().output();
    }

    /** Whether each layer takes what the one before it gives, the first one the input. */
    public boolean isChain() {
        String before = INPUT;
        for (final Node node : nodes) {
            if (!node.from().equals(List.of(before))) {
                return false;
            }
            before = node.name();
        }
        return true;
    }

    /** Whether the outputs are probabilities, of softmax or sigmoid, and not logits. */
    public boolean endsInProbabilities() {
        return lastActivation() == Activation.SOFTMAX || lastActivation() == Activation.SIGMOID;
    }

    /** What the last layer that computes something does with its output, itself or as its activation. */
    public Activation lastActivation() {
        Node last = last();
        while (last.layer().passesOn() && !last.from().equals(List.of(INPUT))) {
            last = node(last.from().get(0));
        }
        return last.layer().activation();
    }

    private Node node(final String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
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
}
