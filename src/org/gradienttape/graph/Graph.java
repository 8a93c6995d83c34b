package org.gradienttape.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.gradienttape.tensor.Control;
import org.gradienttape.tensor.Function;
import org.gradienttape.tensor.Gradients;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Scalar;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/**
 * The operations of a step, from which a program is written: gradients are worked out, equal operations are there once,
 * and what has a simpler form has that form. Inputs stand before what is made of them.
 */
public final class Graph extends Machine {
    private final List<Tensor> nodes = new ArrayList<>();
    private final Map<String, Tensor> known = new HashMap<>();
    private final Map<Variable, Tensor> assigned = new LinkedHashMap<>();
    private final List<Tensor> outputs = new ArrayList<>();
    private final Simplifier simplifier = new Simplifier(this);

    private Graph() {}

    /** Behind those of the trace. */
    @Override
    protected long firstLoop() {
        return 1L << 32;
    }

    /**
     * The whole step: its results and what it assigns.
     *
     * @param slots for each number of the JVM whether it differs from step to step; the n-th such one is named c[n]
     */
    public static Graph of(final Trace trace, final boolean[] slots) {
        final Graph graph = new Graph();
        final Map<Tensor, Tensor> copies = graph.copy(trace, slots);
        trace.assigned().forEach((variable, value) -> graph.assigned.put(variable, settled(copies.get(value))));
        trace.outputs().forEach(output -> graph.outputs.add(settled(copies.get(output))));
        return graph;
    }

    /** One tensor of a step alone; nothing is assigned. */
    public static Graph of(final Trace trace, final boolean[] slots, final Tensor read) {
        final Graph graph = new Graph();
        graph.outputs.add(settled(graph.copy(trace, slots).get(read)));
        return graph;
    }

    /** All operations, needed or not. */
    public List<Tensor> nodes() {
        return nodes;
    }

    /** The new values of variables, in the order of their first assignment. */
    public Map<Variable, Tensor> assigned() {
        return assigned;
    }

    public List<Tensor> outputs() {
        return outputs;
    }

    /** The operations that outputs and assigned values need, inputs before results. */
    public List<Tensor> needed() {
        final Set<Tensor> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        final Deque<Tensor> open = new ArrayDeque<>(outputs);
        open.addAll(assigned.values());
        while (!open.isEmpty()) {
            final Tensor tensor = open.pop();
            if (needed.add(tensor)) {
                Fusion.inputs(tensor).forEach(open::push);
            }
        }
        return nodes.stream().filter(needed::contains).toList();
    }

    /** For errors: the layer or line of code that a tensor belongs to, or else the operation. */
    public static String about(final Tensor tensor) {
        return tensor.place().isEmpty() ? tensor.operation().spoken() : tensor.place();
    }

    /** Where the numbers of a tensor are made: what gradients pass does not matter any more. */
    public static Tensor settled(final Tensor tensor) {
        Tensor made = tensor;
        while (isForGradients(made)) {
            made = made.input(0);
        }
        return made;
    }

    /** Whether it has the numbers of its input, and matters to gradients alone. */
    public static boolean isForGradients(final Tensor tensor) {
        return tensor.operation() == Function.DETACH || tensor.operation() == Control.APART;
    }

    private Map<Tensor, Tensor> copy(final Trace trace, final boolean[] slots) {
        final Map<Tensor, Tensor> copies = new IdentityHashMap<>();
        final Map<Tensor, List<Tensor>> gradients = new IdentityHashMap<>();
        final Set<Tensor> sources = sources(trace);
        int number = 0;
        int slot = 0;
        for (final Tensor node : trace.nodes()) {
            final Scalar[] scalars = new Scalar[node.numberCount()];
            for (int i = 0; i < scalars.length; i++) {
                final double value = node.number(i).value();
                scalars[i] = slots[number++] ? new Scalar(value, "c" + slot++) : Scalar.of(value);
            }
            final Tensor[] inputs = new Tensor[node.inputCount()];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = copies.get(node.input(i));
            }
            at(node.place());
            if (node.operation() == Control.GRADIENTS) {
                gradients.put(node, gradients(node, inputs, sources));
            } else if (node.operation() == Control.GRADIENT) {
                copies.put(node, gradients.get(node.input(0)).get((int) node.attribute(0)));
            } else if (node.operation() == Control.APART) {
                copies.put(node, inputs[0]); // of an eager step, where all gradients of gradients are worked out
            } else {
                final Tensor copy = apply(node.operation(), node.attributes(), scalars, inputs);
                copies.put(node, sources.contains(node) ? apart(node, copy) : copy);
            }
        }
        return copies;
    }

    /** Gradients that are sources of others are marked where the gradients of what is before them begin. */
    private List<Tensor> gradients(final Tensor note, final Tensor[] inputs, final Set<Tensor> sources) {
        final List<Tensor> by = List.of(inputs).subList(1, inputs.length);
        final Map<Tensor, Tensor> marks = new IdentityHashMap<>();
        sources.stream()
                .filter(source -> source.operation() == Control.GRADIENT && source.input(0) == note)
                .forEach(source -> marks.put(by.get((int) source.attribute(0)), source));
        return Gradients.of(
                this,
                inputs[0],
                by,
                (source, gradient) -> marks.containsKey(source) ? apart(marks.get(source), gradient) : gradient);
    }

    private Tensor apart(final Tensor source, final Tensor copy) {
        return apply(Control.APART, new long[] {source.id()}, copy);
    }

    /** What gradients are taken by, but for variables, which are there once and have no simpler form. */
    private static Set<Tensor> sources(final Trace trace) {
        final Set<Tensor> sources = Collections.newSetFromMap(new IdentityHashMap<>());
        trace.nodes().stream()
                .filter(node -> node.operation() == Control.GRADIENTS)
                .flatMap(node -> IntStream.range(1, node.inputCount()).mapToObj(node::input))
                .filter(source -> source.operation() != Source.VARIABLE)
                .forEach(sources::add);
        return sources;
    }

    @Override
    protected Tensor take(
            final Operation operation, final long[] attributes, final Scalar[] numbers, final Tensor[] inputs) {
        final Tensor simpler = simplifier.simpler(operation, attributes, numbers, inputs);
        if (simpler != null) {
            return simpler;
        }
        final StringBuilder key = new StringBuilder(operation.name());
        key.append(Arrays.toString(attributes)).append(Arrays.toString(numbers));
        for (final Tensor input : inputs) {
            key.append(',').append(input.id());
        }
        return known.computeIfAbsent(key.toString(), absent -> {
            final Tensor node = node(operation, attributes, numbers, inputs);
            nodes.add(node);
            return node;
        });
    }

    Tensor constant(final Scalar value, final long[] shape) {
        return full(value, shape);
    }

    Tensor make(final Operation operation, final long[] attributes, final Scalar[] numbers, final Tensor... inputs) {
        return apply(operation, attributes, numbers, inputs);
    }

    @Override
    protected Tensor load(final Variable variable) {
        throw new IllegalStateException("a graph has no variables of its own");
    }

    @Override
    protected void store(final Variable variable, final Tensor value) {
        throw new IllegalStateException("a graph assigns what its trace assigned");
    }

    @Override
    protected float[] floats(final Tensor tensor) {
        throw new IllegalStateException("a graph computes nothing");
    }

    @Override
    protected long[] longs(final Tensor tensor) {
        throw new IllegalStateException("a graph computes nothing");
    }

    @Override
    protected Tensor bring(final float[] values, final long[] shape) {
        throw new IllegalStateException("a graph brings no numbers");
    }

    @Override
    protected Tensor bring(final long[] values, final long[] shape) {
        throw new IllegalStateException("a graph brings no numbers");
    }
}
