package org.gradienttape.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * Reverse-mode differentiation: backwards through the operations between sources and loss, by the rule of each. Only what
 * lies on a way from a source to the loss is touched.
 */
public final class Gradients {
    private static final String OF = "gradient of ";

    private Gradients() {}

    /**
     * The gradients of a loss, as further operations of the machine.
     *
     * @param loss of any shape; its numbers are summed
     * @param sources each once
     * @return one per source, of its shape, and a tensor of its own; zeros where the loss does not depend on it
     */
    public static List<Tensor> of(final Machine machine, final Tensor loss, final List<Tensor> sources) {
        return of(machine, loss, sources, (source, gradient) -> machine.apply(Control.APART, gradient));
    }

    /**
     * The gradients of a loss, which a machine may mark before they go on to what the sources were made of.
     *
     * @param marked what stands for the gradient, the second, of a source, the first
     */
    public static List<Tensor> of(
            final Machine machine, final Tensor loss, final List<Tensor> sources, final BinaryOperator<Tensor> marked) {
        final Map<Tensor, Tensor> start = new IdentityHashMap<>();
        start.put(loss, machine.full(1, loss.sizes()));
        final List<Tensor> found = new ArrayList<>(of(machine, start, sources, marked));
        machine.at("");
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i) == null) {
                final Tensor source = sources.get(i);
                found.set(i, marked.apply(source, machine.full(0, source.sizes())));
            }
        }
        return found;
    }

    /**
     * The gradients of several results together.
     *
     * @param gradients by the results; changed
     * @return one per source; null where nothing depends on it
     */
    static List<Tensor> of(final Machine machine, final Map<Tensor, Tensor> gradients, final List<Tensor> sources) {
        return of(machine, gradients, sources, (source, gradient) -> gradient);
    }

    private static List<Tensor> of(
            final Machine machine,
            final Map<Tensor, Tensor> gradients,
            final List<Tensor> sources,
            final BinaryOperator<Tensor> marked) {
        final Set<Tensor> between = Collections.newSetFromMap(new IdentityHashMap<>());
        between.addAll(sources);
        final Set<Tensor> wanted = Set.copyOf(between);
        final List<Tensor> order = order(gradients.keySet(), between);
        final Map<Long, List<Tensor>> loops = loops(order);
        for (int i = order.size() - 1; i >= 0; i--) {
            final Tensor result = order.get(i);
            machine.at(result.place().isEmpty() ? "" : OF + without(result.place()));
            if (wanted.contains(result)) {
                gradients.computeIfPresent(result, marked::apply);
            }
            if (result.operation() instanceof Loop kind && kind.isResult()) {
                passLoop(machine, result, loops.get(result.attribute(0)), gradients, between);
            } else if (gradients.containsKey(result)) {
                pass(result, gradients.get(result), between, gradients);
            }
        }
        final List<Tensor> found = new ArrayList<>();
        sources.forEach(source -> found.add(gradients.get(source)));
        return found;
    }

    /** The results of each loop. */
    private static Map<Long, List<Tensor>> loops(final List<Tensor> order) {
        final Map<Long, List<Tensor>> loops = new HashMap<>();
        for (final Tensor tensor : order) {
            if (tensor.operation() instanceof Loop kind && kind.isResult()) {
                loops.computeIfAbsent(tensor.attribute(0), first -> new ArrayList<>())
                        .add(tensor);
            }
        }
        return loops;
    }

    /** All results of a loop together, as soon as the gradients of all are known: at the first one. */
    private static void passLoop(
            final Machine machine,
            final Tensor result,
            final List<Tensor> results,
            final Map<Tensor, Tensor> gradients,
            final Set<Tensor> between) {
        final List<Tensor> reached =
                results.stream().filter(gradients::containsKey).toList();
        if (result == results.get(0) && !reached.isEmpty()) {
            LoopGradient.pass(machine, reached, gradients, between);
        }
    }

    private static String without(final String place) {
        return place.startsWith(OF) ? place.substring(OF.length()) : place;
    }

    private static void pass(
            final Tensor result,
            final Tensor gradient,
            final Set<Tensor> between,
            final Map<Tensor, Tensor> gradients) {
        for (int input = 0; input < result.inputCount(); input++) {
            if (result.operation().passes(input) && between.contains(result.input(input))) {
                gradients.merge(result.input(input), result.operation().gradient(result, gradient, input), Tensor::add);
            }
        }
    }

    /**
     * What lies on a way from a source to an end, inputs before results.
     *
     * @param between the sources at first; what lies between is added
     */
    private static List<Tensor> order(final Collection<Tensor> ends, final Set<Tensor> between) {
        final List<Tensor> all = new ArrayList<>();
        final Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        final Deque<Tensor> open = new ArrayDeque<>(ends);
        while (!open.isEmpty()) {
            final Tensor tensor = open.pop();
            if (seen.add(tensor)) {
                all.add(tensor);
                for (int input = 0; input < tensor.inputCount(); input++) {
                    open.push(tensor.input(input));
                }
            }
        }
        all.sort(Comparator.comparingInt(Tensor::id)); // an input is older than its result
        for (final Tensor tensor : all) {
            for (int input = 0; input < tensor.inputCount(); input++) {
                if (tensor.operation().passes(input) && between.contains(tensor.input(input))) {
                    between.add(tensor);
                }
            }
        }
        all.removeIf(tensor -> !between.contains(tensor));
        return all;
    }
}
