package org.gradienttape.graph;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradienttape.tensor.Loop;
import org.gradienttape.tensor.Tensor;

/** Writes loops as lines of TorchScript. */
final class LoopLines {
    private final TorchLines lines;
    private final Fusion fusion;
    private final Loops loops;
    private final Map<Tensor, Integer> uses;
    private final Set<Tensor> apart = Collections.newSetFromMap(new IdentityHashMap<>());
    private String step = "";

    /**
     * @param uses how often each is needed
     */
    LoopLines(final TorchLines lines, final Fusion fusion, final Loops loops, final Map<Tensor, Integer> uses) {
        this.lines = lines;
        this.fusion = fusion;
        this.loops = loops;
        this.uses = uses;
    }

    /** A loop with all its results. States have the names of what begins them; what is kept of all steps has its room before. */
    void write(final Tensor first, final TorchLines.Overwriting overwriting, final int order) {
        final List<Tensor> results = loops.results(first);
        final Tensor[] states = Loop.states(first);
        final long steps = first.attribute(1);
        for (final Tensor state : states) {
            lines.line(lines.name(state) + " = " + lines.name(state.input(0)), state);
        }
        for (final Tensor result : results) {
            if (result.operation() == Loop.STACKED) {
                lines.line(lines.name(result) + " = " + lines.room(result, states[0]), result);
                takeApart(result, overwriting);
            }
        }
        loops.body(first).stream()
                .filter(tensor -> tensor.operation() == Loop.ELEMENT)
                .forEach(element -> takeApart(Graph.settled(element.input(0)), overwriting));
        step = lines.beside(first, "step");
        final String i = lines.beside(first, "step_i");
        lines.line("for " + i + " in range(" + steps + "):");
        lines.indent(true);
        lines.line(step + " = " + (first.attribute(2) == 1 ? (steps - 1) + " - " + i : i));
        body(first, overwriting, order);
        keep(results);
        goOn(first);
        lines.indent(false);
        for (final Tensor result : results) {
            if (result.operation() == Loop.LAST) {
                lines.line(
                        lines.name(result) + " = torch.clone(" + lines.name(states[(int) result.attribute(3)]) + ")",
                        result);
            }
        }
    }

    /** All rows at once, which is faster than to take one in each step; autograd would let nobody write there. */
    private void takeApart(final Tensor all, final TorchLines.Overwriting overwriting) {
        if (overwriting != TorchLines.Overwriting.NOTHING && apart.add(all)) {
            lines.line(lines.beside(all, "by_step") + " = torch.unbind(" + lines.name(all) + ", 0)");
        }
    }

    /** What belongs to the step of a loop. */
    String row(final Tensor all) {
        return apart.contains(all)
                ? lines.beside(all, "by_step") + "[" + step + "]"
                : "torch.select(" + lines.name(all) + ", 0, " + step + ")";
    }

    private void body(final Tensor first, final TorchLines.Overwriting overwriting, final int order) {
        final List<Tensor> read = loops.read(first, fusion);
        final TorchLines.Overwriting ofElements = (result, operands, place) -> {
            final Tensor element = operands.get(0);
            return element.operation() == Loop.ELEMENT
                    && uses.get(element) == 1
                    && uses.get(Graph.settled(element.input(0))) == 1
                    && element.type() == result.type()
                    && Arrays.equals(element.shape(), result.shape())
                    && overwriting.ofSequence(Graph.settled(element.input(0)), read, order);
        };
        for (final Tensor tensor : loops.body(first)) {
            if (tensor.operation() == Loop.ELEMENT) {
                lines.line(lines.name(tensor) + " = " + row(Graph.settled(tensor.input(0))), tensor);
            } else if (!(tensor.operation() instanceof Loop) && !fusion.isAbsorbed(tensor)) {
                lines.write(tensor, ofElements, 0);
            }
        }
    }

    /** What all steps of a loop keep and is not written there at once. */
    private void keep(final List<Tensor> results) {
        for (final Tensor result : results) {
            final Tensor value = Graph.settled(result.input(0));
            if (result.operation() == Loop.STACKED
                    && lines.keeper(value).filter(result::equals).isEmpty()) {
                lines.line("torch.copy_(" + row(result) + ", " + lines.name(value) + ")");
            }
        }
    }

    private void goOn(final Tensor first) {
        final Tensor[] states = Loop.states(first);
        final Tensor[] successors = Loop.successors(first);
        for (int i = 0; i < states.length; i++) {
            lines.line(lines.beside(first, "step_" + i) + " = " + lines.name(successors[i]));
        }
        for (int i = 0; i < states.length; i++) {
            lines.line(lines.name(states[i]) + " = " + lines.beside(first, "step_" + i));
        }
    }
}
