package org.gradienttape.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
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
        final Map<Tensor, Tensor> gradients = new IdentityHashMap<>();
        gradients.put(loss, machine.full(1, loss.sizes()));
        final Set<Tensor> between = Collections.newSetFromMap(new IdentityHashMap<>());
        between.addAll(sources);
        final List<Tensor> order = order(loss, between);
        for (int i = order.size() - 1; i >= 0; i--) {
            final Tensor result = order.get(i);
            final Tensor gradient = gradients.get(result);
            if (gradient != null) {
                machine.at(result.place().isEmpty() ? "" : OF + without(result.place()));
                pass(result, gradient, between, gradients);
            }
        }
        machine.at("");
        final List<Tensor> found = new ArrayList<>();
        for (final Tensor source : sources) {
            final Tensor gradient = gradients.get(source);
            found.add(gradient == null ? machine.full(0, source.sizes()) : gradient);
        }
        return found;
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
     * What lies on a way from a source to the loss, inputs before results.
     *
     * @param between the sources at first; what lies between is added
     */
    private static List<Tensor> order(final Tensor loss, final Set<Tensor> between) {
        final List<Tensor> all = new ArrayList<>();
        final Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        final Deque<Tensor> open = new ArrayDeque<>(List.of(loss));
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
