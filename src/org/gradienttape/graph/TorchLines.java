package org.gradienttape.graph;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gradienttape.tensor.Arithmetic;
import org.gradienttape.tensor.Convolution;
import org.gradienttape.tensor.Loop;
import org.gradienttape.tensor.Normalization;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Pooling;
import org.gradienttape.tensor.Reduction;
import org.gradienttape.tensor.Scalar;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;

/**
 * Writes the operations of a graph as lines of TorchScript: what nobody needs is left out, and several operations become one
 * call where the engine has one. Each line ends in a comment that names the layer.
 */
final class TorchLines {
    /** Decides what may be written over. */
    @FunctionalInterface
    interface Overwriting {
        /** Everything gets memory of its own. */
        Overwriting NOTHING = (result, operands, place) -> false;

        /** Whether the result is written over the first operand. */
        boolean of(Tensor result, List<Tensor> operands, int place);
    }

    /** What the program calls a tensor. */
    @FunctionalInterface
    interface Naming {
        String of(Tensor tensor);
    }

    /**
     * How lines are written.
     *
     * @param indent before each line
     * @param dtype of float numbers
     * @param sizes how they say sizes
     */
    record Style(String indent, int dtype, TorchExpression.Sizes sizes) {}

    private final Graph graph;
    private final Naming names;
    private final Style style;
    private final List<Tensor> order;
    private final Fusion fusion;
    private final Loops loops;
    private String deeper = "";
    private final Set<Tensor> written = Collections.newSetFromMap(new IdentityHashMap<>());
    private final StringBuilder text = new StringBuilder();

    TorchLines(final Graph graph, final Naming names, final Style style) {
        this.graph = graph;
        this.names = names;
        this.style = style;
        final List<Tensor> needed = graph.needed();
        this.fusion = new Fusion(needed, uses(needed));
        this.loops = new Loops(needed);
        this.order = needed.stream()
                .filter(tensor -> !fusion.isAbsorbed(tensor) && !loops.isInside(tensor))
                .toList();
    }

    private Map<Tensor, Integer> uses(final List<Tensor> needed) {
        final Map<Tensor, Integer> uses = new IdentityHashMap<>();
        needed.forEach(tensor -> Fusion.inputs(tensor).forEach(input -> uses.merge(input, 1, Integer::sum)));
        graph.outputs().forEach(output -> uses.merge(output, 1, Integer::sum));
        graph.assigned().values().forEach(value -> uses.merge(value, 1, Integer::sum));
        return uses;
    }

    /** What is computed, inputs before results. */
    List<Tensor> order() {
        return order;
    }

    /** What the calls have to compute. */
    Work work() {
        return Work.of(order.stream().map(fusion::work).toList());
    }

    /** What a call reads. */
    List<Tensor> operands(final Tensor tensor) {
        return Loops.isResult(tensor) ? loops.read(tensor, fusion) : fusion.operands(tensor);
    }

    /** Where numbers come from, in the words of a program. */
    @FunctionalInterface
    interface Sources {
        void write(Source source, Tensor tensor);
    }

    /** Writes all lines. */
    void write(final Sources sources, final Overwriting overwriting) {
        for (int i = 0; i < order.size(); i++) {
            final Tensor tensor = order.get(i);
            if (tensor.operation() instanceof Source source) {
                sources.write(source, tensor);
            } else if (!written.contains(tensor)) {
                if (Loops.isResult(tensor)) {
                    loop(tensor);
                } else {
                    write(tensor, overwriting, i);
                }
            }
        }
    }

    /** Writes one line. */
    void line(final String statement) {
        text.append(style.indent()).append(deeper).append(statement).append('\n');
    }

    /** Writes one line, with what it belongs to. */
    void line(final String statement, final Tensor about) {
        line(about.place().isEmpty() ? statement : statement + "  # " + about.place());
    }

    private void write(final Tensor tensor, final Overwriting overwriting, final int place) {
        if (fusion.group(tensor).size() > 1) {
            group(fusion.group(tensor));
        } else if (fusion.of(tensor).isPresent()) {
            final Fusion.Fused call = fusion.of(tensor).get();
            final boolean over = call.mayOverwrite() && overwriting.of(tensor, call.operands(), place);
            line(
                    names.of(tensor) + " = torch." + call.function() + (over ? "_" : "") + "("
                            + call.operands().stream().map(names::of).collect(Collectors.joining(", ")) + call.rest()
                            + ")",
                    tensor);
        } else {
            alone(tensor, overwriting, place);
        }
    }

    private void alone(final Tensor tensor, final Overwriting overwriting, final int place) {
        final Operation operation = tensor.operation();
        List<Tensor> in = Fusion.inputs(tensor);
        boolean over = TorchExpression.hasInPlaceForm(operation) && overwriting.of(tensor, in, place);
        if (!over && (operation == Arithmetic.ADD || operation == Arithmetic.MUL)) {
            final List<Tensor> turned = List.of(in.get(1), in.get(0));
            over = overwriting.of(tensor, turned, place);
            in = over ? turned : in;
        }
        line(names.of(tensor) + " = " + expression(tensor, in).text(over), tensor);
    }

    private TorchExpression expression(final Tensor tensor, final List<Tensor> in) {
        return new TorchExpression(
                tensor,
                in.stream().map(names::of).toList(),
                IntStream.range(0, tensor.numberCount())
                        .mapToObj(tensor::number)
                        .toList(),
                style.dtype(),
                style.sizes());
    }

    /** A loop with all its results. States have the names of what begins them; what is kept of all steps has its room before. */
    private void loop(final Tensor first) {
        final List<Tensor> results = loops.results(first);
        final Tensor[] states = Loop.states(first);
        final Tensor[] successors = Loop.successors(first);
        final String place = names.of(first) + "_step";
        final long steps = first.attribute(1);
        for (final Tensor state : states) {
            line(names.of(state) + " = " + names.of(state.input(0)), state);
        }
        for (final Tensor result : results) {
            if (result.operation() == Loop.STACKED) {
                line(
                        names.of(result) + " = torch.empty(" + style.sizes().shape(result) + ", dtype=" + style.dtype()
                                + ", device=" + names.of(states[0]) + ".device)",
                        result);
            }
        }
        line("for " + place + "_i in range(" + steps + "):");
        deeper = "  ";
        line(place + " = " + (first.attribute(2) == 1 ? (steps - 1) + " - " + place + "_i" : place + "_i"));
        for (final Tensor tensor : loops.body(first)) {
            if (tensor.operation() == Loop.ELEMENT) {
                line(names.of(tensor) + " = torch.select(" + names.of(tensor.input(0)) + ", 0, " + place + ")", tensor);
            } else if (!(tensor.operation() instanceof Loop) && !fusion.isAbsorbed(tensor)) {
                write(tensor, Overwriting.NOTHING, 0);
            }
        }
        for (final Tensor result : results) {
            if (result.operation() == Loop.STACKED) {
                line("torch.copy_(torch.select(" + names.of(result) + ", 0, " + place + "), "
                        + names.of(result.input(0)) + ")");
            }
        }
        for (int i = 0; i < states.length; i++) {
            line(place + "_" + i + " = " + names.of(successors[i]));
        }
        for (int i = 0; i < states.length; i++) {
            line(names.of(states[i]) + " = " + place + "_" + i);
        }
        deeper = "";
        for (final Tensor result : results) {
            if (result.operation() == Loop.LAST) {
                line(names.of(result) + " = torch.clone(" + names.of(states[(int) result.attribute(3)]) + ")", result);
            }
        }
        written.addAll(results);
    }

    /** Several results of one call. */
    private void group(final List<Tensor> members) {
        final Tensor first = members.get(0);
        final TorchExpression expression = expression(first, Fusion.inputs(first));
        if (first.operation() == Convolution.CONVOLVE_KERNEL) {
            final String results = names.of(members.get(1)) + ", " + names.of(first) + ", _, = ";
            line(results + expression.convolutionBackward("True"), first);
        } else if (first.operation() == Pooling.LARGEST) {
            line(results(members, Pooling.LARGEST, Pooling.LARGEST_PLACES) + expression.largestWithPlaces(), first);
        } else if (first.operation() == Normalization.NORMALIZE) {
            line(
                    results(members, Normalization.NORMALIZE, Normalization.MEANS, Normalization.SCALES)
                            + expression.normalized(member(members, Normalization.SCALES)
                                    .orElseThrow()
                                    .number(0)),
                    first);
        } else {
            final Operation[] wanted = {Normalization.NORMALIZE_ROWS, Normalization.NORMALIZE_GAMMA, Reduction.SUM};
            final String present = Arrays.stream(wanted)
                    .map(kind -> member(members, kind).isPresent() ? "True" : "False")
                    .collect(Collectors.joining(", "));
            line(results(members, wanted) + expression.normalizedBackward(present), first);
        }
        written.addAll(members);
    }

    /** The names of a call's results, in its order; what nobody needs has none. */
    private String results(final List<Tensor> members, final Operation... order) {
        return Arrays.stream(order)
                .map(kind -> member(members, kind).map(names::of).orElse("_") + ", ")
                .collect(Collectors.joining("", "", "= "));
    }

    private static Optional<Tensor> member(final List<Tensor> members, final Operation kind) {
        return members.stream().filter(member -> member.operation() == kind).findFirst();
    }

    /** One number everywhere. */
    String full(final Tensor tensor, final String device) {
        final Scalar number = tensor.number(0);
        return names.of(tensor) + " = torch.full(" + style.sizes().shape(tensor) + ", " + number + ", dtype="
                + style.dtype() + ", device=" + device + ".device)";
    }

    /** The lines. */
    @Override
    public String toString() {
        return text.toString();
    }
}
