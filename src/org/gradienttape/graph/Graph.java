package org.gradienttape.graph;

import java.nio.LongBuffer;
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
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.gradienttape.tensor.Control;
import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Function;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Product;
import org.gradienttape.tensor.Reduction;
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
    private final Map<Key, Tensor> known = new HashMap<>();
    private final Map<Variable, Tensor> assigned = new LinkedHashMap<>();
    private final List<Tensor> outputs = new ArrayList<>();
    /** Residents that may lie in memory as they like. */
    private final Set<Tensor> given = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Simplifier simplifier = new Simplifier(this);

    /** Operations of equal keys give the same numbers. */
    private record Key(Operation operation, LongBuffer attributes, List<Scalar> numbers, List<Tensor> inputs) {}

    private Graph() {}

    /** Behind those of the trace. */
    @Override
    protected long firstLoop() {
        return 1L << 32;
    }

    /** The whole step, in which all numbers of the JVM are literals. */
    public static Graph of(final Trace trace) {
        return of(trace, literals(trace));
    }

    private static int[] literals(final Trace trace) {
        final int[] slots = new int[trace.numbers().length];
        Arrays.fill(slots, -1);
        return slots;
    }

    /**
     * The whole step: its results and what it assigns.
     *
     * @param slots for each number of the JVM which argument it is, c0 and so on; negative for a literal
     */
    public static Graph of(final Trace trace, final int[] slots) {
        return whole(trace, slots, trace.outputs(), trace.assigned());
    }

    /** Some tensors of a step alone; nothing is assigned. */
    public static Graph of(final Trace trace, final int[] slots, final List<Tensor> read) {
        return whole(trace, slots, read, Map.of());
    }

    private static Graph whole(
            final Trace trace, final int[] slots, final List<Tensor> outputs, final Map<Variable, Tensor> assigned) {
        final Graph graph = new Graph();
        final Map<Tensor, Tensor> copies = new Copying(graph, trace.nodes(), slots).all();
        graph.end(outputs, assigned, tensor -> settled(copies.get(tensor)));
        return graph;
    }

    /** A part of a step, in which residents stand for what it is given. */
    public static Graph of(final Part part, final int[] slots) {
        final Graph graph = new Graph();
        final Map<Tensor, Tensor> copies = new Copying(graph, part, slots).all();
        graph.end(part.outputs(), part.assigned(), tensor -> settled(copies.get(tensor)));
        final Map<Tensor, Integer> given = new IdentityHashMap<>();
        part.nodes().forEach(node -> part.place(node).ifPresent(place -> given.put(settled(copies.get(node)), place)));
        return graph.without(given);
    }

    private void end(
            final List<Tensor> results, final Map<Variable, Tensor> values, final UnaryOperator<Tensor> copies) {
        values.forEach((variable, value) -> assigned.put(variable, copies.apply(value)));
        results.forEach(output -> outputs.add(copies.apply(output)));
    }

    /** What stands for an operation in another graph. */
    @FunctionalInterface
    private interface Copy {
        Tensor of(Graph copy, Tensor node, Tensor[] inputs);
    }

    /** The same operations, inputs before results, in another graph. */
    private Graph copied(final List<Tensor> some, final Copy rule) {
        final Graph copy = new Graph();
        final Map<Tensor, Tensor> copies = new IdentityHashMap<>();
        for (final Tensor node : some) {
            copy.at(node.place());
            final Tensor[] inputs =
                    Fusion.inputs(node).stream().map(copies::get).toArray(Tensor[]::new);
            copies.put(node, rule.of(copy, node, inputs));
            if (given.contains(node)) {
                copy.given.add(copies.get(node));
            }
        }
        copy.end(outputs, assigned, copies::get);
        return copy;
    }

    /** The same, in which what is given is not computed. */
    private Graph without(final Map<Tensor, Integer> given) {
        return copied(
                needed(given::containsKey),
                (rest, node, inputs) -> given.containsKey(node)
                        ? rest.resident(given.get(node), node)
                        : rest.asItIs(node, numbers(node), inputs));
    }

    /** The same, in which matrices are turned for what is faster on turned ones there, but for a whole LSTM. */
    Graph turned(final TorchWriter.Target target) {
        final List<Tensor> needed = needed();
        final Set<Tensor> narrow = Collections.newSetFromMap(new IdentityHashMap<>());
        needed.stream().filter(target::isNarrow).forEach(narrow::add);
        if (!narrow.isEmpty()) {
            for (final LstmCall call : new LstmCalls(needed, uses(needed), new Loops(needed)).all()) {
                narrow.removeAll(call.inner());
                call.results().forEach(narrow::remove);
            }
        }
        return narrow.isEmpty()
                ? this
                : copied(
                        needed,
                        (copy, node, inputs) -> narrow.contains(node)
                                ? copy.turned(node, inputs, target.wantsRows())
                                : copy.asItIs(node, numbers(node), inputs));
    }

    /** How often each of them is needed. */
    Map<Tensor, Integer> uses(final List<Tensor> needed) {
        final Map<Tensor, Integer> uses = new IdentityHashMap<>();
        needed.forEach(tensor -> Fusion.inputs(tensor).forEach(input -> uses.merge(input, 1, Integer::sum)));
        outputs.forEach(output -> uses.merge(output, 1, Integer::sum));
        assigned.values().forEach(value -> uses.merge(value, 1, Integer::sum));
        return uses;
    }

    /** A product of matrices, or an operation along their last axis. */
    private Tensor turned(final Tensor node, final Tensor[] inputs, final boolean inRows) {
        final Tensor[] turned = Arrays.stream(inputs).map(Tensor::transpose).toArray(Tensor[]::new);
        final Tensor result = (node.operation() == Product.MATMUL
                        ? turned[1].matmul(turned[0])
                        : make(node.operation(), new long[] {0}, numbers(node), turned))
                .transpose();
        return inRows ? result.contiguous() : result;
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
        return needed(tensor -> false);
    }

    /** As {@link #needed()}, but for what only those need that are given. */
    private List<Tensor> needed(final Predicate<Tensor> isGiven) {
        final Set<Tensor> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        final Deque<Tensor> open = new ArrayDeque<>(outputs);
        open.addAll(assigned.values());
        while (!open.isEmpty()) {
            final Tensor tensor = open.pop();
            if (needed.add(tensor) && !isGiven.test(tensor)) {
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

    @Override
    protected Tensor take(
            final Operation operation, final long[] attributes, final Scalar[] numbers, final Tensor[] inputs) {
        final Tensor simpler = simplifier.simpler(operation, attributes, numbers, inputs);
        if (simpler != null) {
            return simpler;
        }
        return known.computeIfAbsent(key(operation, attributes, numbers, inputs), absent -> {
            final Tensor node = node(operation, attributes, numbers, inputs);
            nodes.add(node);
            return node;
        });
    }

    private static Key key(
            final Operation operation, final long[] attributes, final Scalar[] numbers, final Tensor[] inputs) {
        return new Key(operation, LongBuffer.wrap(attributes), Arrays.asList(numbers), Arrays.asList(inputs));
    }

    /** A copy of an operation that stays what it is; what is equal and comes later is the same. */
    Tensor asItIs(final Tensor like, final Scalar[] numbers, final Tensor[] inputs) {
        final long[] attributes = like.attributes();
        final Tensor node = node(like.operation(), attributes, numbers, inputs);
        nodes.add(node);
        known.putIfAbsent(key(like.operation(), attributes, numbers, inputs), node);
        return node;
    }

    /** Whether the numbers of a tensor are known to lie one behind the other. */
    boolean liesInOrder(final Tensor tensor) {
        final Operation operation = tensor.operation();
        if (operation == Form.RESHAPE || operation == Form.SLICE && tensor.attribute(0) == 0) {
            return liesInOrder(settled(tensor.input(0)));
        }
        return operation == Source.VARIABLE
                || operation == Source.RESIDENT && !given.contains(tensor)
                || operation == Product.MATMUL && tensor.rank() == 2
                || operation == Reduction.SUM && tensor.rank() <= 1;
    }

    /** What a part is given, which the engine has already. */
    Tensor resident(final int place, final Tensor like) {
        final long[] attributes = new long[like.rank() + 2];
        attributes[0] = place;
        attributes[1] = like.type().ordinal();
        System.arraycopy(like.shape(), 0, attributes, 2, like.rank());
        final Tensor resident = apply(Source.RESIDENT, attributes);
        given.add(resident);
        return resident;
    }

    static Scalar[] numbers(final Tensor node) {
        final Scalar[] numbers = new Scalar[node.numberCount()];
        Arrays.setAll(numbers, node::number);
        return numbers;
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
