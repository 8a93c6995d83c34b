package org.gradienttape.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.gradienttape.tensor.Loop;
import org.gradienttape.tensor.Product;
import org.gradienttape.tensor.Tensor;

/** Which operations belong to the bodies of loops, and what those read from outside. */
public final class Loops {
    private final Map<Tensor, Long> inside = new IdentityHashMap<>();
    private final Map<Long, List<Tensor>> bodies = new HashMap<>();
    private final Map<Long, List<Tensor>> results = new HashMap<>();
    private final Set<Tensor> factors = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param needed what is computed, inputs before results
     */
    public Loops(final List<Tensor> needed) {
        for (final Tensor tensor : needed) {
            if (isResult(tensor)) {
                results.computeIfAbsent(tensor.attribute(0), first -> new ArrayList<>())
                        .add(tensor);
            } else if (tensor.operation() instanceof Loop) {
                add(tensor, tensor.attribute(0));
            } else {
                Fusion.inputs(tensor).stream()
                        .filter(inside::containsKey)
                        .findFirst()
                        .ifPresent(input -> add(tensor, inside.get(input)));
            }
        }
        inside.keySet().stream()
                .filter(tensor -> tensor.operation() == Product.MATMUL)
                .forEach(product -> factors.addAll(Fusion.inputs(product)));
    }

    /** Whether it is multiplied in each step of a loop. */
    boolean isFactor(final Tensor tensor) {
        return factors.contains(tensor);
    }

    private void add(final Tensor tensor, final long loop) {
        inside.put(tensor, loop);
        bodies.computeIfAbsent(loop, first -> new ArrayList<>()).add(tensor);
    }

    /** Whether it is the result of a whole loop. */
    public static boolean isResult(final Tensor tensor) {
        return tensor.operation() instanceof Loop kind && kind.isResult();
    }

    /** Whether it is computed anew in each step of a loop. */
    public boolean isInside(final Tensor tensor) {
        return inside.containsKey(tensor);
    }

    /** Whether both are computed in the same loop, or both in none. */
    boolean areTogether(final Tensor one, final Tensor other) {
        return Objects.equals(inside.get(one), inside.get(other));
    }

    /** The body of a result's loop, inputs before results. */
    public List<Tensor> body(final Tensor result) {
        return bodies.get(result.attribute(0));
    }

    /** All results of a result's loop. */
    public List<Tensor> results(final Tensor result) {
        return results.get(result.attribute(0));
    }

    /** What a result's loop reads from outside. */
    List<Tensor> read(final Tensor result, final Fusion fusion) {
        final Set<Tensor> read = Collections.newSetFromMap(new IdentityHashMap<>());
        body(result).stream()
                .filter(tensor -> !fusion.isAbsorbed(tensor))
                .forEach(tensor -> read.addAll(fusion.operands(tensor)));
        results(result).forEach(each -> read.addAll(Fusion.inputs(each)));
        read.removeIf(this::isInside);
        return List.copyOf(read);
    }
}
