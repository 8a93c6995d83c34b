package org.gradienttape.graph;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.gradienttape.tensor.Control;
import org.gradienttape.tensor.Gradients;
import org.gradienttape.tensor.Scalar;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;

/** Copies noted operations into a graph, where they may have simpler forms, and works out the gradients among them. */
final class Copying {
    private final Graph graph;
    private final List<Tensor> nodes;
    private final int[] slots;
    private final Function<Tensor, OptionalInt> places;
    private final Predicate<Tensor> isMade;
    private final Set<Tensor> sources;
    private final Map<Tensor, Tensor> copies = new IdentityHashMap<>();
    private final Map<Tensor, List<Tensor>> gradients = new IdentityHashMap<>();
    private int number;

    /**
     * @param nodes inputs before results
     * @param slots for each number of the JVM which argument it is, c0 and so on; negative for a literal
     */
    Copying(final Graph graph, final List<Tensor> nodes, final int[] slots) {
        this(graph, nodes, slots, node -> OptionalInt.empty(), node -> true);
    }

    /** What the part is given stays as it is. */
    Copying(final Graph graph, final Part part, final int[] slots) {
        this(graph, part.nodes(), slots, part::place, part::isMade);
    }

    private Copying(
            final Graph graph,
            final List<Tensor> nodes,
            final int[] slots,
            final Function<Tensor, OptionalInt> places,
            final Predicate<Tensor> isMade) {
        this.graph = graph;
        this.nodes = nodes;
        this.slots = slots;
        this.places = places;
        this.isMade = isMade;
        this.sources = sources(nodes);
    }

    /** What stands for each in the graph. */
    Map<Tensor, Tensor> all() {
        for (final Tensor node : nodes) {
            graph.at(node.place());
            if (isMade.test(node)) {
                copy(node, scalars(node), inputs(node));
            } else {
                copies.put(node, graph.resident(places.apply(node).orElseThrow(), node));
            }
        }
        return copies;
    }

    private Scalar[] scalars(final Tensor node) {
        final Scalar[] scalars = new Scalar[node.numberCount()];
        for (int i = 0; i < scalars.length; i++) {
            final double value = node.number(i).value();
            final int slot = slots[number++];
            scalars[i] = slot < 0 ? Scalar.of(value) : new Scalar(value, "c" + slot);
        }
        return scalars;
    }

    private Tensor[] inputs(final Tensor node) {
        final Tensor[] inputs = new Tensor[node.inputCount()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = copies.get(node.input(i));
        }
        return inputs;
    }

    private void copy(final Tensor node, final Scalar[] scalars, final Tensor[] inputs) {
        if (node.operation() == Control.GRADIENTS) {
            gradients.put(node, gradients(node, inputs));
        } else if (node.operation() == Control.GRADIENT) {
            copies.put(node, gradients.get(node.input(0)).get((int) node.attribute(0)));
        } else if (node.operation() == Control.APART) {
            copies.put(node, inputs[0]); // of an eager step, where all gradients of gradients are worked out
        } else {
            final Tensor copy = places.apply(node).isPresent()
                    ? graph.asItIs(node, scalars, inputs)
                    : graph.make(node.operation(), node.attributes(), scalars, inputs);
            copies.put(node, sources.contains(node) ? apart(node, copy) : copy);
        }
    }

    /** Gradients that are sources of others are marked where the gradients of what is before them begin. */
    private List<Tensor> gradients(final Tensor note, final Tensor[] inputs) {
        final List<Tensor> by = List.of(inputs).subList(1, inputs.length);
        final Map<Tensor, Tensor> marks = new IdentityHashMap<>();
        sources.stream()
                .filter(source -> source.operation() == Control.GRADIENT && source.input(0) == note)
                .forEach(source -> marks.put(by.get((int) source.attribute(0)), source));
        return Gradients.of(
                graph,
                inputs[0],
                by,
                (source, gradient) -> marks.containsKey(source) ? apart(marks.get(source), gradient) : gradient);
    }

    private Tensor apart(final Tensor source, final Tensor copy) {
        return graph.make(Control.APART, new long[] {source.id()}, new Scalar[0], copy);
    }

    /** What gradients are taken by, but for variables, which are there once and have no simpler form. */
    private static Set<Tensor> sources(final List<Tensor> nodes) {
        final Set<Tensor> sources = Collections.newSetFromMap(new IdentityHashMap<>());
        nodes.stream()
                .filter(node -> node.operation() == Control.GRADIENTS)
                .flatMap(node -> IntStream.range(1, node.inputCount()).mapToObj(node::input))
                .filter(source -> source.operation() != Source.VARIABLE)
                .forEach(sources::add);
        return sources;
    }
}
