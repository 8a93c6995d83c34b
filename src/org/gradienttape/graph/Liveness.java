package org.gradienttape.graph;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Function;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;

/**
 * Knows whose memory a tensor lies in and when it is last read, and so what may be written over: results that nobody reads
 * again, and the memory of a variable that gets another value in this step.
 */
final class Liveness implements TorchLines.Overwriting {
    private static final Set<Form> VIEWS = EnumSet.of(Form.EXPAND, Form.RESHAPE, Form.PERMUTE, Form.SLICE);
    private static final int ALWAYS = Integer.MAX_VALUE;

    private final Set<Integer> assignedNumbers;
    private final Map<Tensor, Integer> lastUse = new IdentityHashMap<>();
    /** Results that were written over an operand. */
    private final Map<Tensor, Home> over = new IdentityHashMap<>();

    /**
     * Where a result lies that has no memory of its own; never in one of which several numbers lie in one place.
     *
     * @param memory the tensor that the memory was made for
     * @param isAsItIs whether there is no view between the two
     */
    private record Home(Tensor memory, boolean isAsItIs) {}

    /**
     * @param order the calls, in their order
     * @param operands what a call reads
     */
    Liveness(
            final Graph graph,
            final List<Tensor> order,
            final java.util.function.Function<Tensor, List<Tensor>> operands) {
        this.assignedNumbers = new HashSet<>();
        graph.assigned().keySet().forEach(variable -> assignedNumbers.add(variable.number()));
        for (int i = 0; i < order.size(); i++) {
            for (final Tensor operand : operands.apply(order.get(i))) {
                lastUse.merge(memory(operand), i, Math::max);
            }
        }
        graph.outputs().forEach(output -> lastUse.put(memory(output), ALWAYS));
        graph.assigned().values().forEach(value -> lastUse.put(memory(value), ALWAYS));
    }

    /** Whether it may be another look at its input's memory. */
    static boolean isView(final Tensor tensor) {
        final Operation operation = tensor.operation();
        return operation instanceof Form form && VIEWS.contains(form)
                || operation == Function.COPY
                || Graph.isForGradients(tensor);
    }

    /** The tensor that the memory was made for. */
    Tensor memory(final Tensor tensor) {
        final Tensor owner = owner(tensor);
        return over.containsKey(owner) ? over.get(owner).memory() : owner;
    }

    /** What a view looks at: a result that was written over another one, or a tensor with memory of its own. */
    private Tensor owner(final Tensor tensor) {
        Tensor owner = tensor;
        while (!over.containsKey(owner) && isView(owner)) {
            owner = owner.input(0);
        }
        return owner;
    }

    /**
     * Decides whether a result is written over the first operand; if so, it lies in that one's memory from now on.
     *
     * @param place of the call
     */
    @Override
    public boolean of(final Tensor result, final List<Tensor> operands, final int place) {
        final Tensor first = operands.get(0);
        final Tensor memory = memory(first);
        final boolean may = first.type() == result.type()
                && Arrays.equals(first.shape(), result.shape())
                && isFree(first, memory)
                && lastUse.getOrDefault(memory, place) == place
                && operands.stream().skip(1).noneMatch(other -> other != first && memory(other) == memory);
        if (may) {
            final int until = lastUse.getOrDefault(result, place);
            over.put(result, new Home(memory, liesAsItIs(first)));
            lastUse.merge(memory, until, Math::max);
        }
        return may;
    }

    @Override
    public boolean ofSequence(final Tensor sequence, final List<Tensor> read, final int place) {
        final Tensor memory = memory(sequence);
        return isFree(sequence, memory)
                && lastUse.getOrDefault(memory, place) == place
                && read.stream().allMatch(other -> other == sequence || memory(other) != memory);
    }

    private boolean isFree(final Tensor first, final Tensor memory) {
        if (memory.operation() == Source.VARIABLE) {
            // A reshaped variable may be a copy, so only the variable's own form lies in its memory for sure.
            return assignedNumbers.contains((int) memory.attribute(0)) && liesAsItIs(first);
        }
        return !(memory.operation() instanceof Source) && !isExpanded(first);
    }

    /** Whether there is no view between a tensor and the memory that it lies in. */
    boolean liesAsItIs(final Tensor tensor) {
        return over.containsKey(tensor) ? over.get(tensor).isAsItIs() : !isView(tensor);
    }

    /** Whether several of its numbers lie in one place. */
    private boolean isExpanded(final Tensor tensor) {
        final Tensor owner = owner(tensor);
        Tensor view = tensor;
        while (view != owner && view.operation() != Form.EXPAND) {
            view = view.input(0);
        }
        return view != owner;
    }
}
