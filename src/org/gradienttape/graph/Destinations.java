package org.gradienttape.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Loop;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Tensor;

/**
 * Which results are written at once where they would be copied to: into what a loop keeps of all steps, and into tensors that
 * join others. Small parts of those are copied, since to name a place takes longer.
 */
final class Destinations {
    private static final int WORTH_A_PLACE = 1 << 12;

    private final Fusion fusion;
    private final Loops loops;
    private final Map<Tensor, Integer> uses;
    private final Products products;
    private final Map<Tensor, Tensor> keepers = new IdentityHashMap<>();
    private final Map<Tensor, Part> parts = new IdentityHashMap<>();
    private final Set<Tensor> joined = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Tensor> looks = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * A part of what a concatenation joins.
     *
     * @param whole the concatenation
     * @param from where it begins along the axis
     * @param to where it ends
     */
    record Part(Tensor whole, long from, long to) {
        int axis() {
            return (int) whole.attribute(0);
        }
    }

    /**
     * @param order what is computed, inputs before results
     * @param uses how often each is needed
     * @param products what multiplies matrices
     */
    Destinations(
            final List<Tensor> order,
            final Fusion fusion,
            final Loops loops,
            final Map<Tensor, Integer> uses,
            final Products products) {
        this.fusion = fusion;
        this.loops = loops;
        this.uses = uses;
        this.products = products;
        order.stream().filter(tensor -> tensor.operation() == Loop.STACKED).forEach(this::keep);
        order.stream().filter(tensor -> tensor.operation() == Form.CONCAT).forEach(this::join);
    }

    /** Nothing is written at once. */
    static Destinations none(final Fusion fusion, final Loops loops) {
        return new Destinations(List.of(), fusion, loops, Map.of(), Products.PLAIN);
    }

    /** What keeps the result of each step of a loop. */
    Optional<Tensor> keeper(final Tensor value) {
        return Optional.ofNullable(keepers.get(value));
    }

    /** The place among others that a result is joined with. */
    Optional<Part> part(final Tensor value) {
        return Optional.ofNullable(parts.get(value));
    }

    /** Whether some of its parts are written at once where they belong. */
    boolean isJoined(final Tensor concatenation) {
        return joined.contains(concatenation);
    }

    /** Whether what is joined lies where it belongs. */
    boolean isInPlace(final Tensor joined) {
        return looks.contains(joined) || parts.containsKey(joined);
    }

    /** Whether it is another look at a part that lies where it belongs. */
    boolean isLook(final Tensor tensor) {
        return looks.contains(tensor);
    }

    /** All that a concatenation joins, in its order. */
    static List<Part> parts(final Tensor whole) {
        final List<Part> all = new ArrayList<>();
        long from = 0;
        for (int i = 0; i < whole.inputCount(); i++) {
            final long to = from + whole.input(i).size((int) whole.attribute(0));
            all.add(new Part(whole, from, to));
            from = to;
        }
        return all;
    }

    private void keep(final Tensor stacked) {
        final Tensor value = Graph.settled(stacked.input(0));
        if (loops.isInside(value) && canBeWritten(value)) {
            keepers.put(value, stacked);
        }
    }

    private void join(final Tensor whole) {
        final List<Part> all = parts(whole);
        for (int i = 0; i < all.size(); i++) {
            final List<Tensor> behind = new ArrayList<>();
            Tensor value = Graph.settled(whole.input(i));
            while (all.get(i).axis() == 0 && value.operation() == Form.RESHAPE && uses.get(value) == 1) {
                behind.add(value);
                value = Graph.settled(value.input(0));
            }
            if (value.size() >= WORTH_A_PLACE
                    && uses.get(value) == 1
                    && loops.areTogether(value, whole)
                    && value.operation() != Form.CONCAT
                    && canBeWritten(value)) {
                parts.put(value, all.get(i));
                joined.add(whole);
                looks.addAll(behind);
            }
        }
    }

    /** Whether a result can be written where it is told to, and has no such place yet. */
    boolean canBeWritten(final Tensor value) {
        return value.type() == NumberType.FLOAT32
                && !fusion.isAbsorbed(value)
                && fusion.group(value).size() == 1
                && fusion.callOf(value).isEmpty()
                && (fusion.of(value).isPresent() || TorchExpression.hasOutForm(value))
                && !products.isOfOneDnn(value)
                && !keepers.containsKey(value)
                && !parts.containsKey(value);
    }
}
