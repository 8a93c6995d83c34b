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
     * @return one per source, of its shape; zeros where the loss does not depend on it
     */
    public static List<Tensor> of(final Machine machine, final Tensor loss, final List<Tensor> sources) {
        final Map<Tensor, Tensor> start = new IdentityHashMap<>();
        start.put(loss, machine.full(1, loss.sizes()));
        final List<Tensor> found = new ArrayList<>(of(machine, start, sources));
        machine.at("");
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i) == null) {
                found.set(i, machine.full(0, sources.get(i).sizes()));
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
        final Set<Tensor> between = Collections.newSetFromMap(new IdentityHashMap<>());
        between.addAll(sources);
        final List<Tensor> order = order(gradients.keySet(), between);
        final Map<Long, List<Tensor>> loops = new HashMap<>();
        for (final Tensor tensor : order) {
            if (tensor.operation() instanceof Loop kind && kind.isResult()) {
                loops.computeIfAbsent(tensor.attribute(0), first -> new ArrayList<>())
                        .add(tensor);
            }
        }
        for (int i = order.size() - 1; i >= 0; i--) {
            final Tensor result = order.get(i);
            machine.at(result.place().isEmpty() ? "" : OF + without(result.place()));
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
