package org.gradienttape.graph;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Function;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;

/**
 * What steps in a row make once for all of them: other looks at variables, whose memory stays where it is, and memory for the
 * samples of a step, which would be given back and asked for again in each.
 */
final class RowMemory {
    /** Of numbers: less is quickly found anew. */
    private static final int WORTH_KEEPING = 1 << 12;

    /** Nothing is kept. */
    static final RowMemory NONE = new RowMemory();

    private final Set<Tensor> looks = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Tensor> samples = Collections.newSetFromMap(new IdentityHashMap<>());

    private RowMemory() {}

    /**
     * @param order what is computed outside of other loops, inputs before results
     */
    static RowMemory of(final List<Tensor> order, final Loops loops) {
        final RowMemory memory = new RowMemory();
        for (final Tensor tensor : order) {
            if (isTurnedVariable(tensor) && !loops.isFactor(tensor)) {
                memory.looks.add(tensor);
            } else if (memory.areSamples(tensor)) {
                memory.samples.add(tensor);
            }
        }
        return memory;
    }

    private static boolean isTurnedVariable(final Tensor tensor) {
        return tensor.operation() == Form.PERMUTE && input(tensor).operation() == Source.VARIABLE;
    }

    /** Whether they are taken from all samples, or are the float numbers of such ones. */
    private boolean areSamples(final Tensor tensor) {
        return tensor.size() >= WORTH_KEEPING
                && (tensor.operation() == Form.TAKE && input(tensor).operation() == Source.RESIDENT
                        || tensor.operation() == Function.TO_FLOAT && samples.contains(input(tensor)));
    }

    private static Tensor input(final Tensor tensor) {
        return Graph.settled(tensor.input(0));
    }

    /** Whether it is another look at a variable. */
    boolean isLook(final Tensor tensor) {
        return looks.contains(tensor);
    }

    /** Whether the next step writes over the memory that was made for it. */
    boolean isReused(final Tensor tensor) {
        return samples.contains(tensor);
    }
}
