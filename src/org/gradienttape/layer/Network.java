package org.gradienttape.layer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.gradienttape.error.InvalidInputException;

/**
 * Layers that fit each other. Start here: {@code Network.of(Shape.of(784), List.of(new Layer.Dense(...)))} makes a chain, a
 * {@link NetworkDrawing} one that branches.
 *
 * @param input the shape of one input sample
 * @param nodes the layers in their places, each behind those that it takes. The last one gives the output, and each other one is
 *     taken by a layer. A network without layers gives its input; layers can be drawn on it
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
     * @param trainable whether the optimizer may change its weights; those of a frozen layer stay as they are, and it
     *     normalizes with the averages that it has: Keras' {@code trainable}
     */
    public record Node(
            String name, Layer layer, List<String> from, List<Shape> inputs, Shape output, boolean trainable) {
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
            final List<WeightSpec> weights = layer.weights(input());
            return trainable
                    ? weights
                    : weights.stream().map(WeightSpec::frozen).toList();
        }

        /** The same in a network where it is called otherwise. */
        Node as(final String otherName, final List<String> otherFrom) {
            return new Node(otherName, layer, otherFrom, inputs, output, trainable);
        }

        /** The same with weights that stay as they are. */
        Node frozen() {
            return new Node(name, layer, from, inputs, output, false);
        }

        private Node thawed() {
            return new Node(name, layer, from, inputs, output, true);
        }

        /** For people who read a program or an error in it: "dense_1: Dense, 64 to 10". */
        public String description() {
            return name + ": " + layer.title() + ", " + Shape.several(inputs) + " to " + output;
        }

        /** The weight's name within the network, for example "dense_1/kernel". */
        public String weightName(final WeightSpec weight) {
            return name + "/" + weight.name();
        }
    }

    public Network {
        nodes = List.copyOf(nodes);
        final Set<String> unused = new HashSet<>();
        nodes.forEach(node -> unused.add(node.name()));
        nodes.forEach(node -> unused.removeAll(node.from()));
        if (!nodes.isEmpty()) {
            unused.remove(nodes.get(nodes.size() - 1).name());
        }
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

    /** The layer that gives the output; there must be one. */
    public Node last() {
        return nodes.get(nodes.size() - 1);
    }

    /** The name of the layer that the last one takes first, or {@link #INPUT}. */
    public String beforeLast() {
        return nodes.isEmpty() ? INPUT : last().from().get(0);
    }

    /** The name of the layer that gives the output, or {@link #INPUT}. */
    public String end() {
        return nodes.isEmpty() ? INPUT : last().name();
    }

    /** The shape of one output sample. */
    public Shape output() {
        return nodes.isEmpty() ? input : last().output();
    }

    /**
     * The network up to a layer, and what that needs.
     *
     * @throws InvalidInputException if there is no layer of this name
     */
    public Network upTo(final String name) {
        final Set<String> needed = needed(name);
        return new Network(
                input,
                nodes.stream().filter(node -> needed.contains(node.name())).toList());
    }

    /**
     * The same with frozen layers.
     *
     * @param name of the last one that is frozen, with all that it needs
     * @throws InvalidInputException if there is no layer of this name
     */
    public Network frozenUpTo(final String name) {
        final Set<String> frozen = needed(name);
        return new Network(
                input,
                nodes.stream()
                        .map(node -> frozen.contains(node.name()) ? node.frozen() : node)
                        .toList());
    }

    /** The same with some frozen layers. */
    public Network frozen(final Predicate<Layer> which) {
        return new Network(
                input,
                nodes.stream()
                        .map(node -> which.test(node.layer()) ? node.frozen() : node)
                        .toList());
    }

    /** The same with no frozen layer. */
    public Network thawed() {
        return new Network(input, nodes.stream().map(Node::thawed).toList());
    }

    private Set<String> needed(final String name) {
        if (!name.equals(INPUT) && nodes.stream().noneMatch(node -> node.name().equals(name))) {
            throw new InvalidInputException("The model has no layer " + name + "; its layers are "
                    + String.join(", ", nodes.stream().map(Node::name).toList()) + ".");
        }
        final Set<String> needed = new HashSet<>(Set.of(name));
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (needed.contains(nodes.get(i).name())) {
                needed.addAll(nodes.get(i).from());
            }
        }
        return needed;
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

    /** Whether an optimizer may change a weight. */
    public boolean learns() {
        return nodes.stream().flatMap(node -> node.weights().stream()).anyMatch(WeightSpec::trainable);
    }

    /** Whether the outputs are probabilities, of softmax or sigmoid, and not logits. */
    public boolean endsInProbabilities() {
        return lastActivation() == Activation.SOFTMAX || lastActivation() == Activation.SIGMOID;
    }

    /** What the last layer that computes something does with its output, itself or as its activation. */
    public Activation lastActivation() {
        if (nodes.isEmpty()) {
            return Activation.NONE;
        }
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
