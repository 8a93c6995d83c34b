package org.gradienttape.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The gradient of a loop: a loop that goes the other way. What its body needs of the way forward is kept there for all steps;
 * products of matrices, whose sum over the steps is wanted, are computed as one behind it, and so are sums of their rows.
 */
final class LoopGradient {
    private static final Scalar[] NO_NUMBERS = {};
    /** Of a sum of each column of a matrix, which is a row. */
    private static final long[] COLUMNS = {0, 0};

    private final Machine machine;
    private final List<Tensor> results;
    private final Map<Tensor, Tensor> gradients;
    private final Collection<Tensor> between;
    private final Tensor[] states;
    private final Tensor[] successors;
    /** The body of the way forward, inputs before results. */
    private final Set<Tensor> body;

    private final long back;
    private final Tensor[] adjoints;
    /** What stands for tensors of the way forward, and the other way round for what is not to be computed again. */
    private final Map<Tensor, Tensor> copies = new IdentityHashMap<>();

    private final Map<Tensor, Tensor> originals = new IdentityHashMap<>();
    private final Map<Tensor, Tensor> rewritten = new IdentityHashMap<>();
    private final List<Tensor> backStates = new ArrayList<>();
    private final List<Tensor> backSuccessors = new ArrayList<>();

    private LoopGradient(
            final Machine machine,
            final List<Tensor> results,
            final Map<Tensor, Tensor> gradients,
            final Collection<Tensor> between) {
        this.machine = machine;
        this.results = results;
        this.gradients = gradients;
        this.between = between;
        this.states = Loop.states(results.get(0));
        this.successors = Loop.successors(results.get(0));
        this.body = body();
        this.back = machine.newLoop();
        this.adjoints = new Tensor[states.length];
    }

    /**
     * Passes gradients through a loop.
     *
     * @param results of one loop, which have gradients
     * @param gradients by tensor; those of what the loop reads are added
     * @param between what gradients are wanted of
     */
    static void pass(
            final Machine machine,
            final List<Tensor> results,
            final Map<Tensor, Tensor> gradients,
            final Collection<Tensor> between) {
        new LoopGradient(machine, results, gradients, between).pass();
    }

    private Set<Tensor> body() {
        final int first = Arrays.stream(states).mapToInt(Tensor::id).min().orElseThrow();
        final Map<Integer, Tensor> found = new TreeMap<>();
        final List<Tensor> open = new ArrayList<>(List.of(successors));
        open.addAll(List.of(states));
        results.forEach(result -> open.add(result.input(0)));
        while (!open.isEmpty()) {
            final Tensor tensor = open.remove(open.size() - 1);
            if (tensor.id() >= first && found.put(tensor.id(), tensor) == null) {
                for (int i = 0; i < tensor.inputCount(); i++) {
                    open.add(tensor.input(i));
                }
            }
        }
        final Set<Tensor> inside = new LinkedHashSet<>();
        for (final Tensor tensor : found.values()) {
            boolean isInside = isBeginning(tensor);
            for (int i = 0; i < tensor.inputCount() && !isInside; i++) {
                isInside = inside.contains(tensor.input(i));
            }
            if (isInside) {
                inside.add(tensor);
            }
        }
        return inside;
    }

    private boolean isBeginning(final Tensor tensor) {
        return tensor.operation() instanceof Loop kind
                && !kind.isResult()
                && tensor.attribute(0) == results.get(0).attribute(0);
    }

    private void pass() {
        final Map<Tensor, Tensor> seeds = new IdentityHashMap<>();
        for (int i = 0; i < states.length; i++) {
            adjoints[i] = machine.apply(Loop.STATE, new long[] {back, i}, NO_NUMBERS, lastGradient(i));
        }
        final Map<Tensor, Tensor> sources = copyBody();
        for (int i = 0; i < states.length; i++) {
            seeds.merge(copy(successors[i]), adjoints[i], Tensor::add);
        }
        for (final Tensor result : results) {
            if (result.operation() == Loop.STACKED) {
                seeds.merge(copy(result.input(0)), element(gradients.get(result)), Tensor::add);
            }
        }
        final List<Tensor> read = List.copyOf(sources.keySet());
        final List<Tensor> found =
                Gradients.of(machine, seeds, read.stream().map(sources::get).toList());
        final Map<Tensor, Tensor> inBody = new IdentityHashMap<>();
        for (int i = 0; i < read.size(); i++) {
            if (found.get(i) != null) {
                inBody.put(read.get(i), rewritten(found.get(i)));
            }
        }
        for (int i = 0; i < states.length; i++) {
            backStates.add(adjoints[i]);
            backSuccessors.add(inBody.containsKey(states[i]) ? inBody.get(states[i]) : zeros(states[i]));
        }
        final Set<Tensor> rows = rowsOfProducts(inBody.values());
        final Map<Tensor, Integer> sums = new IdentityHashMap<>();
        for (final Tensor tensor : read) {
            if (!isBeginning(tensor) && inBody.containsKey(tensor) && !isJoined(inBody.get(tensor), rows)) {
                sums.put(tensor, backStates.size());
                final Tensor sum =
                        machine.apply(Loop.STATE, new long[] {back, backStates.size()}, NO_NUMBERS, zeros(tensor));
                backStates.add(sum);
                backSuccessors.add(sum.add(inBody.get(tensor)));
            }
        }
        for (int i = 0; i < states.length; i++) {
            give(states[i].input(0), i);
        }
        for (final Tensor tensor : read) {
            if (tensor.operation() == Loop.ELEMENT && isBeginning(tensor) && inBody.containsKey(tensor)) {
                give(tensor.input(0), stacked(inBody.get(tensor)));
            } else if (sums.containsKey(tensor)) {
                give(tensor, sums.get(tensor));
            } else if (!isBeginning(tensor) && inBody.containsKey(tensor)) {
                give(tensor, ofAllRows(inBody.get(tensor)));
            }
        }
    }

    /** The gradient by a state's successor in the last step, of what is made of it behind the loop. */
    private Tensor lastGradient(final int state) {
        Tensor sum = null;
        for (final Tensor result : results) {
            if (result.operation() == Loop.LAST && result.attribute(3) == state) {
                sum = sum == null ? gradients.get(result) : sum.add(gradients.get(result));
            }
        }
        return sum == null ? zeros(states[state]) : sum;
    }

    /** Copies the body; returns what gradients are wanted by, with what stands for it in the copy. */
    private Map<Tensor, Tensor> copyBody() {
        final Map<Tensor, Tensor> sources = new IdentityHashMap<>();
        for (final Tensor tensor : body) {
            if (isBeginning(tensor)) {
                final boolean isState = tensor.operation() == Loop.STATE;
                copies.put(tensor, element(isState ? forward(tensor) : tensor.input(0)));
                if (isState || between.contains(tensor.input(0))) {
                    sources.put(tensor, copies.get(tensor));
                }
                continue;
            }
            final Tensor[] inputs = new Tensor[tensor.inputCount()];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = copy(tensor.input(i));
                if (!body.contains(tensor.input(i)) && between.contains(tensor.input(i))) {
                    sources.put(tensor.input(i), inputs[i]);
                }
            }
            final Tensor made = machine.apply(tensor.operation(), tensor.attributes(), numbers(tensor), inputs);
            copies.put(tensor, made);
            originals.putIfAbsent(made, tensor);
        }
        return sources;
    }

    /** What stands for a tensor; one from outside is there as a constant, whose own gradients are passed behind the loop. */
    private Tensor copy(final Tensor tensor) {
        return copies.computeIfAbsent(tensor, outside -> {
            final Tensor constant = outside.detach();
            rewritten.put(constant, outside); // gradients of this gradient pass to it
            return constant;
        });
    }

    private static Scalar[] numbers(final Tensor tensor) {
        final Scalar[] numbers = new Scalar[tensor.numberCount()];
        Arrays.setAll(numbers, tensor::number);
        return numbers;
    }

    private Tensor element(final Tensor sequence) {
        return machine.apply(Loop.ELEMENT, new long[] {back}, NO_NUMBERS, sequence);
    }

    /** The values of a tensor of the body, of all steps of the way forward. */
    private Tensor forward(final Tensor tensor) {
        return result(
                Loop.STACKED,
                Arrays.copyOf(results.get(0).attributes(), 3),
                tensor,
                Arrays.asList(states),
                Arrays.asList(successors));
    }

    /** The same, with kept values in the place of what would be computed again; looks at memory are taken again. */
    private Tensor rewritten(final Tensor tensor) {
        final Tensor known = rewritten.get(tensor);
        if (known != null) {
            return known;
        }
        final Tensor original = originals.get(tensor);
        final boolean isLook = tensor.operation() instanceof Form || tensor.operation() == Function.DETACH;
        Tensor made = tensor;
        if (original != null && !isLook) {
            made = element(forward(original));
        } else if (tensor.id() > adjoints[0].id() && !(tensor.operation() instanceof Loop)) {
            final Tensor[] inputs = new Tensor[tensor.inputCount()];
            Arrays.setAll(inputs, i -> rewritten(tensor.input(i)));
            made = machine.apply(tensor.operation(), tensor.attributes(), numbers(tensor), inputs);
        }
        rewritten.put(tensor, made);
        return made;
    }

    private Tensor zeros(final Tensor like) {
        return machine.full(0, like.sizes());
    }

    /** Whether it is a product of a matrix with its rows as columns and another matrix, so that steps can be joined. */
    private static boolean isProductOfRows(final Tensor tensor) {
        return tensor.operation() == Product.MATMUL
                && tensor.input(0).operation() == Form.PERMUTE
                && tensor.input(0).rank() == 2
                && tensor.input(1).rank() == 2;
    }

    /** The matrices that are stacked for the products. */
    private static Set<Tensor> rowsOfProducts(final Collection<Tensor> found) {
        return found.stream()
                .filter(LoopGradient::isProductOfRows)
                .map(product -> product.input(1))
                .collect(Collectors.toSet());
    }

    /** Whether steps can be joined: a product of rows, or the sum of rows that such a product takes as well. */
    private static boolean isJoined(final Tensor tensor, final Set<Tensor> rows) {
        return isProductOfRows(tensor)
                || tensor.operation() == Reduction.SUM
                        && rows.contains(tensor.input(0))
                        && Arrays.equals(tensor.attributes(), COLUMNS);
    }

    private Tensor ofAllRows(final Tensor joined) {
        if (joined.operation() == Reduction.SUM) {
            return rows(joined.input(0)).sum(0);
        }
        final Tensor left = rows(joined.input(0).input(0));
        return left.transpose().matmul(rows(joined.input(1)));
    }

    private Tensor rows(final Tensor tensor) {
        final boolean isKept = tensor.operation() == Loop.ELEMENT;
        final Tensor all = isKept ? tensor.input(0) : stacked(tensor);
        return all.reshape(-1, tensor.size(1));
    }

    private long[] attributes(final long... more) {
        final Tensor first = results.get(0);
        final long[] all =
                Arrays.copyOf(new long[] {back, first.attribute(1), 1 - first.attribute(2)}, 3 + more.length);
        System.arraycopy(more, 0, all, 3, more.length);
        return all;
    }

    private Tensor stacked(final Tensor tensor) {
        return result(Loop.STACKED, attributes(), tensor, backStates, backSuccessors);
    }

    private void give(final Tensor to, final int state) {
        if (between.contains(to)) {
            give(to, result(Loop.LAST, attributes(state), backSuccessors.get(state), backStates, backSuccessors));
        }
    }

    private void give(final Tensor to, final Tensor gradient) {
        gradients.merge(to, gradient, Tensor::add);
    }

    private Tensor result(
            final Loop kind,
            final long[] attributes,
            final Tensor value,
            final List<Tensor> from,
            final List<Tensor> next) {
        return machine.apply(kind, attributes, NO_NUMBERS, Loop.inputs(value, from, next));
    }
}
