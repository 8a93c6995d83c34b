package org.gradienttape.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import org.gradienttape.tensor.Control;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/**
 * What one program computes of a step whose other operations are computed one by one: some tensors, and all that they need
 * and that has no numbers yet. What has numbers is given to the program; where a gradient goes through it the part tells, too,
 * how it was made, so that the gradients are worked out when the program is written, and not in each step.
 */
public final class Part {
    private static final int ASSIGNED = -1;
    private static final int OUTPUT = -2;
    private static final int GIVEN = -3;
    private static final int GIVEN_AND_MADE = -4;

    private final List<Tensor> step;
    private final IntPredicate isComputed;
    private final List<Tensor> outputs;
    private final Map<Variable, Tensor> assigned;
    /** What the part needs, by the numbers of the step. */
    private final BitSet needed = new BitSet();
    /** What lies on a way from what gradients are taken by. */
    private final BitSet onWays = new BitSet();
    /** What the part tells how it is made. */
    private final BitSet made = new BitSet();

    private final List<Tensor> nodes = new ArrayList<>();
    private final Map<Tensor, Integer> given = new LinkedHashMap<>();
    private final Notes notes = new Notes();

    /**
     * @param step all tensors of the step by their numbers
     * @param isComputed whether the tensor of a number has numbers in the engine's memory
     * @param outputs what the program has to give
     * @param assigned what it assigns to variables, whose memory it gets
     */
    public Part(
            final List<Tensor> step,
            final IntPredicate isComputed,
            final List<Tensor> outputs,
            final Map<Variable, Tensor> assigned) {
        this.step = step;
        this.isComputed = isComputed;
        this.outputs = outputs;
        this.assigned = assigned;
        need(outputs);
        need(assigned.values());
        for (int id = needed.length() - 1; id >= 0; id = needed.previousSetBit(id - 1)) {
            needInputs(step.get(id));
        }
        note();
    }

    private void need(final Collection<Tensor> tensors) {
        tensors.forEach(tensor -> needed.set(tensor.id()));
    }

    private void needInputs(final Tensor node) {
        if (node.operation() == Control.GRADIENTS) {
            markWays(node);
        }
        if (!isGiven(node) || isOn(onWays, node)) { // all gradients that could go through it are behind it
            made.set(node.id());
            for (int i = 0; i < node.inputCount(); i++) {
                needed.set(node.input(i).id());
            }
        }
    }

    /** Marks what depends on the sources of gradients, up to the loss. */
    private void markWays(final Tensor gradients) {
        final BitSet reached = new BitSet();
        for (int i = 1; i < gradients.inputCount(); i++) {
            reached.set(gradients.input(i).id());
        }
        final int loss = gradients.input(0).id();
        for (int id = Math.max(0, reached.nextSetBit(0)); id <= loss; id++) {
            if (isOn(reached, step.get(id))) {
                reached.set(id);
            }
        }
        onWays.or(reached);
    }

    /** Whether a way goes on through an operation. */
    private static boolean isOn(final BitSet ways, final Tensor node) {
        for (int i = 0; i < node.inputCount(); i++) {
            if (ways.get(node.input(i).id()) && passes(node.operation(), i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean passes(final Operation operation, final int input) {
        return operation.passes(input) || operation == Control.GRADIENTS || operation == Control.GRADIENT;
    }

    /** Whether the part tells how it is made. */
    boolean isMade(final Tensor node) {
        return made.get(node.id());
    }

    private boolean isGiven(final Tensor node) {
        return node.operation() != Source.FULL && isComputed.test(node.id());
    }

    private void note() {
        final int[] places = new int[step.size()];
        for (int id = needed.nextSetBit(0); id >= 0; id = needed.nextSetBit(id + 1)) {
            final Tensor node = step.get(id);
            places[id] = nodes.size();
            nodes.add(node);
            if (isGiven(node)) {
                given.put(node, given.size());
                notes.mark(isMade(node) ? GIVEN_AND_MADE : GIVEN, node.type().ordinal());
            }
            if (isMade(node)) {
                notes.operation(node, node.attributes(), input -> places[input]);
            } else {
                notes.mark(node.rank());
                notes.mark(node.shape());
            }
        }
        outputs.forEach(output -> notes.mark(OUTPUT, places[output.id()]));
        assigned.forEach((variable, value) -> notes.mark(ASSIGNED, variable.number(), places[value.id()]));
    }

    /** What the part does, and its numbers of the JVM. */
    public Notes notes() {
        return notes;
    }

    /** What the program gets, in the order of its residents. */
    public Set<Tensor> given() {
        return given.keySet();
    }

    /** The place among what the program gets; empty if it does not get it. */
    OptionalInt place(final Tensor node) {
        final Integer place = given.get(node);
        return place == null ? OptionalInt.empty() : OptionalInt.of(place);
    }

    List<Tensor> nodes() {
        return nodes;
    }

    List<Tensor> outputs() {
        return outputs;
    }

    Map<Variable, Tensor> assigned() {
        return assigned;
    }
}
