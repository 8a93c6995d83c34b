package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.error.InvalidInputException;

/**
 * Draws a network layer by layer, as Keras' functional API does: {@code add} gives the layer's name, with which layers that
 * come later take its output.
 *
 * <pre>{@code
 * NetworkDrawing drawing = new NetworkDrawing(Shape.of(8));
 * String wide = drawing.add(new Layer.Dense(8, Activation.RELU));
 * drawing.add(new JoinLayer.Add(), wide, Network.INPUT);
 * Network network = drawing.network();
 * }</pre>
 */
public final class NetworkDrawing {
    private final Map<String, Shape> outputs = new LinkedHashMap<>();
    private final List<Network.Node> nodes = new ArrayList<>();
    private final Shape input;

    public NetworkDrawing(final Shape input) {
        this.input = input;
        outputs.put(Network.INPUT, input);
    }

    /** Goes on from a network; its layers keep their names. */
    public static NetworkDrawing on(final Network network) {
        final NetworkDrawing drawing = new NetworkDrawing(network.input());
        network.nodes().forEach(drawing::take);
        return drawing;
    }

    NetworkDrawing copy() {
        final NetworkDrawing copy = new NetworkDrawing(input);
        nodes.forEach(copy::take);
        return copy;
    }

    Network.Node node(final String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The layer that was added last, or the input. */
    public String last() {
        return nodes.isEmpty() ? Network.INPUT : nodes.get(nodes.size() - 1).name();
    }

    /** The shape of one sample that a layer, or the input, gives. */
    public Shape output(final String name) {
        return outputs.get(name);
    }

    /** Adds a layer behind the one that was added last; the same as {@link #add(Layer, String...)}. */
    public String add(final Layer layer) {
        return add(layer, last());
    }

    /**
     * Adds a layer.
     *
     * @param from the layers whose outputs it takes, or {@link Network#INPUT}
     * @return its name, Keras' for its type
     * @throws InvalidInputException if it does not fit what it takes; names the layer and all shapes
     */
    public String add(final Layer layer, final String... from) {
        return addNamed(free(layer), layer, List.of(from));
    }

    /** The name that a layer would get: Keras' for its type. */
    public String free(final Layer layer) {
        return LayerNames.free(layer.type(), outputs.keySet());
    }

    /** The same, with a name of its own. */
    public String addNamed(final String name, final Layer layer, final List<String> from) {
        final int position = nodes.size() + 1;
        if (!LayerNames.isName(name) || outputs.containsKey(name)) {
            throw misfit(
                    position,
                    "A layer needs a name of its own, of letters, digits and underscores, but it is called \"" + name
                            + "\".");
        }
        if (from.isEmpty()) {
            throw misfit(position, name + " should take the output of a layer before it, but it takes none.");
        }
        final List<Shape> inputs = new ArrayList<>();
        for (final String source : from) {
            if (!outputs.containsKey(source)) {
                throw misfit(
                        position,
                        name + " should take the output of a layer before it, but there is no layer \"" + source
                                + "\" there.");
            }
            inputs.add(outputs.get(source));
        }
        take(new Network.Node(name, layer, from, inputs, outputShape(position, layer, inputs), true));
        return name;
    }

    /**
     * Adds a layer of another network; it keeps its name if no other one has it.
     *
     * @param names of the other network's layers and input in this one; the layer's is put there
     */
    void addFrom(final Network.Node node, final Map<String, String> names) {
        final String name = outputs.containsKey(node.name()) ? free(node.layer()) : node.name();
        take(node.as(name, node.from().stream().map(names::get).toList()));
        names.put(node.name(), name);
    }

    /** Freezes the layer that was added last. */
    public void freezeLast() {
        nodes.set(nodes.size() - 1, nodes.get(nodes.size() - 1).frozen());
    }

    private void take(final Network.Node node) {
        nodes.add(node);
        outputs.put(node.name(), node.output());
    }

    private static Shape outputShape(final int position, final Layer layer, final List<Shape> inputs) {
        try {
            return layer.outputShape(inputs);
        } catch (final InvalidInputException misfit) {
            throw new InvalidInputException("Layer " + position + ": " + misfit.getMessage(), misfit);
        }
    }

    private static InvalidInputException misfit(final int position, final String what) {
        return new InvalidInputException("Layer " + position + ": " + what);
    }

    /**
     * What was drawn; the layer that was added last gives the output.
     *
     * @throws InvalidInputException if a layer before the last one is taken by no other
     */
    public Network network() {
        return new Network(input, nodes);
    }
}
