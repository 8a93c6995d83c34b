package org.gradienttape.graph;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.gradienttape.tensor.Arithmetic;
import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Loop;
import org.gradienttape.tensor.Product;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;

/** Finds loops that are those of a standard LSTM, and the gradients of such ones, which oneDNN computes in one call each. */
final class LstmCalls {
    /** Of output and cell. */
    private static final int STATES = 2;

    private final List<Tensor> needed;
    private final Map<Tensor, Integer> uses;
    private final Loops loops;

    /**
     * @param needed what is computed, inputs before results
     * @param uses how often each is needed
     */
    LstmCalls(final List<Tensor> needed, final Map<Tensor, Integer> uses, final Loops loops) {
        this.needed = needed;
        this.uses = uses;
        this.loops = loops;
    }

    /** All of them. */
    List<LstmCall> all() {
        final Map<Long, Tensor> firsts = new LinkedHashMap<>();
        needed.stream().filter(Loops::isResult).forEach(result -> firsts.putIfAbsent(result.attribute(0), result));
        return firsts.values().stream()
                .flatMap(first -> sizes(first).filter(sizes -> sizes.areWorthACall(true)).stream()
                        .flatMap(sizes -> calls(first, sizes).stream()))
                .toList();
    }

    /** The sizes of a loop that may be an LSTM's. */
    private Optional<LstmPattern.Sizes> sizes(final Tensor result) {
        final Tensor[] states = Loop.states(result);
        final Optional<Tensor> inputs = loops.body(result).stream()
                .filter(tensor -> tensor.operation() == Loop.ELEMENT)
                .map(element -> Graph.settled(element.input(0)))
                .findFirst();
        if (states.length != STATES
                || states[0].rank() != 2
                || inputs.isEmpty()
                || inputs.get().operation() != Form.RESHAPE) {
            return Optional.empty();
        }
        final Tensor sums = Graph.settled(inputs.get().input(0));
        final boolean hasBias = sums.operation() == Arithmetic.ADD;
        final Tensor products = hasBias ? Graph.settled(sums.input(0)) : sums;
        if (products.operation() != Product.MATMUL || products.rank() != 2) {
            return Optional.empty();
        }
        return Optional.of(new LstmPattern.Sizes(
                result.attribute(1),
                states[0].size(0),
                products.input(0).size(1),
                states[0].size(1),
                hasBias,
                result.attribute(2) == 1));
    }

    private List<LstmCall> calls(final Tensor first, final LstmPattern.Sizes sizes) {
        for (final LstmPattern.Loss loss : LstmPattern.Loss.values()) {
            final List<LstmCall> calls = new Search(first, sizes, LstmPattern.of(sizes, loss)).calls();
            if (!calls.isEmpty()) {
                return calls;
            }
        }
        return List.of();
    }

    /** A try to find one form of it. */
    private final class Search {
        private final Tensor first;
        private final LstmPattern.Sizes sizes;
        private final LstmPattern pattern;
        private final Likeness likeness = new Likeness();
        /** By what they are like in the pattern. */
        private final Map<Tensor, Tensor> results = new IdentityHashMap<>();

        Search(final Tensor first, final LstmPattern.Sizes sizes, final LstmPattern pattern) {
            this.first = first;
            this.sizes = sizes;
            this.pattern = pattern;
        }

        List<LstmCall> calls() {
            find(pattern.last(), loops.results(first));
            find(pattern.all(), loops.results(first));
            if (results.isEmpty()) {
                return List.of();
            }
            pattern.gradients().forEach(gradient -> find(gradient, needed));
            final List<Optional<Tensor>> gradients =
                    pattern.gradients().stream().map(this::result).toList();
            final boolean hasGradients = gradients.stream().anyMatch(Optional::isPresent);
            final Set<Tensor> inner = inner();
            if (hasGradients == gradients.isEmpty() || inner.isEmpty()) {
                return List.of();
            }
            final LstmCall.Forward forward =
                    new LstmCall.Forward(sizes, given(), result(pattern.last()), result(pattern.all()), inner);
            final List<LstmCall> calls =
                    hasGradients ? List.of(forward, new LstmCall.Backward(forward, gradients)) : List.of(forward);
            final boolean needsInputGradient = !hasGradients || gradients.get(0).isPresent();
            return sizes.areWorthACall(needsInputGradient)
                            && calls.stream()
                                    .allMatch(call -> Fusion.areThereBefore(call.results(), call.operands().stream()))
                    ? calls
                    : List.of();
        }

        private Optional<Tensor> result(final Tensor wanted) {
            return Optional.ofNullable(results.get(wanted));
        }

        private void find(final Tensor wanted, final List<Tensor> among) {
            among.stream()
                    .filter(tensor -> tensor.operation() == wanted.operation()
                            && !loops.isInside(tensor)
                            && likeness.isLike(wanted, tensor))
                    .findFirst()
                    .ifPresent(tensor -> results.put(wanted, tensor));
        }

        private Map<LstmPattern.Given, Tensor> given() {
            final Map<LstmPattern.Given, Tensor> given = new EnumMap<>(LstmPattern.Given.class);
            likeness.found().forEach((wanted, tensor) -> {
                if (wanted.operation() == Source.VARIABLE) {
                    given.put(LstmPattern.Given.of(wanted), tensor);
                }
            });
            return given;
        }

        /**
         * What is computed for nothing else. Something else may need only what lies outside of the loops.
         *
         * @return empty if the loops are needed for more, or need more
         */
        private Set<Tensor> inner() {
            final Collection<Tensor> given = given().values();
            if (given.stream().anyMatch(loops::isInside)) {
                return Set.of();
            }
            final Set<Tensor> inner = Collections.newSetFromMap(new IdentityHashMap<>());
            inner.addAll(likeness.found().values());
            inner.removeAll(given);
            final Predicate<Tensor> isOfLoop = tensor -> loops.isInside(tensor) || Loops.isResult(tensor);
            List<Tensor> others = othersNeed(inner);
            while (!others.isEmpty()) {
                if (others.stream().anyMatch(isOfLoop)) {
                    return Set.of();
                }
                others.forEach(inner::remove);
                others = othersNeed(inner);
            }
            results.values().forEach(inner::remove);
            return inner;
        }

        /** What is needed outside of the calls, but for their results. */
        private List<Tensor> othersNeed(final Set<Tensor> inner) {
            final Map<Tensor, Integer> inside = new IdentityHashMap<>();
            inner.forEach(tensor -> Fusion.inputs(tensor).forEach(input -> inside.merge(input, 1, Integer::sum)));
            return inner.stream()
                    .filter(tensor ->
                            !results.containsValue(tensor) && inside.getOrDefault(tensor, 0) < uses.get(tensor))
                    .toList();
        }
    }

    /** Compares operations with those of a pattern, whose variables stand for any tensors of their shapes. */
    private static final class Likeness {
        private Map<Tensor, Tensor> found = new IdentityHashMap<>();
        private Map<Long, Long> loops = new HashMap<>();

        /** What is like each tensor of the pattern that was compared. */
        Map<Tensor, Tensor> found() {
            return Collections.unmodifiableMap(found);
        }

        /** Whether a tensor is made like one of the pattern, of what was found before where that is needed again. */
        boolean isLike(final Tensor pattern, final Tensor tensor) {
            final Map<Tensor, Tensor> foundBefore = new IdentityHashMap<>(found);
            final Map<Long, Long> loopsBefore = new HashMap<>(loops);
            final boolean isLike = compare(pattern, tensor);
            if (!isLike) {
                found = foundBefore;
                loops = loopsBefore;
            }
            return isLike;
        }

        private boolean compare(final Tensor pattern, final Tensor tensor) {
            final Tensor known = found.putIfAbsent(pattern, tensor);
            if (known != null) {
                return known == tensor;
            }
            if (!Arrays.equals(pattern.shape(), tensor.shape()) || pattern.type() != tensor.type()) {
                return false;
            }
            return pattern.operation() == Source.VARIABLE
                    || pattern.operation() == tensor.operation()
                            && haveLikeAttributes(pattern, tensor)
                            && Arrays.equals(Graph.numbers(pattern), Graph.numbers(tensor))
                            && haveLikeInputs(pattern, tensor);
        }

        private boolean haveLikeAttributes(final Tensor pattern, final Tensor tensor) {
            final long[] wanted = pattern.attributes();
            if (pattern.operation() instanceof Loop) {
                wanted[0] = loops.computeIfAbsent(wanted[0], first -> tensor.attribute(0));
            }
            return Arrays.equals(wanted, tensor.attributes());
        }

        private boolean haveLikeInputs(final Tensor pattern, final Tensor tensor) {
            final List<Tensor> wanted = Fusion.inputs(pattern);
            final List<Tensor> actual = Fusion.inputs(tensor);
            return wanted.size() == actual.size()
                    && IntStream.range(0, wanted.size()).allMatch(i -> compare(wanted.get(i), actual.get(i)));
        }
    }
}
