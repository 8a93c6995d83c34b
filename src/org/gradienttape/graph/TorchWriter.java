package org.gradienttape.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.gradienttape.tensor.Derivative;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Reduction;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/**
 * Writes the graph of a step as a TorchScript method that runs it several times in a row; results are written over what
 * nobody reads again.
 */
public final class TorchWriter {
    private static final Set<String> PARAMETERS = Set.of(
            "self",
            "steps",
            "integers",
            "floats",
            "numbers",
            "i",
            AdamUpdate.CHANGED,
            AdamUpdate.LATE,
            AdamUpdate.NEVER);

    /**
     * How much each step of a row brings.
     *
     * @param integers of each step
     * @param floats of each step
     * @param slots numbers of the JVM of each step
     */
    public record Sizes(int integers, int floats, int slots) {}

    /**
     * What the program is for.
     *
     * @param dtype of float numbers, {@link TorchExpression#SINGLE} or, for tests, {@link TorchExpression#DOUBLE}
     * @param products what multiplies matrices there
     * @param convolutions how they are computed there
     * @param hasFusedAdam whether updates by Adam's rule are one call there
     * @param hasFusedLstm whether a standard LSTM is one call there, asked where there is one
     * @param lanes how many float numbers the processor computes at once; 1 if nothing depends on it
     */
    public record Target(
            int dtype,
            Products products,
            Convolutions convolutions,
            boolean hasFusedAdam,
            BooleanSupplier hasFusedLstm,
            int lanes) {
        private static final Set<Operation> SOFTMAX = Set.of(Reduction.SOFTMAX, Reduction.LOG_SOFTMAX);
        private static final Set<Operation> ITS_GRADIENT =
                Set.of(Derivative.SOFTMAX_BACKWARD, Derivative.LOG_SOFTMAX_BACKWARD);
        /** Of numbers: less is computed before it is turned. */
        private static final int WORTH_TURNING = 1 << 8;

        /** Nothing but what libtorch does everywhere. */
        public static Target plain(final int dtype) {
            return new Target(dtype, Products.PLAIN, Convolutions.PLAIN, false, () -> false, 1);
        }

        /**
         * Whether it is computed on turned matrices, since it has few columns. libtorch takes the numbers of a softmax one by one then,
         * while it computes many columns at once along the first axis.
         */
        boolean isNarrow(final Tensor tensor) {
            return products.isNarrow(tensor)
                    || (SOFTMAX.contains(tensor.operation())
                                    || ITS_GRADIENT.contains(tensor.operation()) && !wantsRows())
                            && tensor.rank() == 2
                            && tensor.attribute(0) == 1
                            && tensor.size(1) < lanes
                            && tensor.size() >= WORTH_TURNING;
        }

        /** Whether products take more time for matrices that lie column by column. */
        boolean wantsRows() {
            return products == Products.PLAIN;
        }

        /** The same, where a standard LSTM is one call, or never is. */
        public Target withFusedLstm(final boolean isFused) {
            return new Target(dtype, products, convolutions, hasFusedAdam, () -> isFused, lanes);
        }
    }

    private final Graph graph;
    private final Sizes sizes;
    private final Form form;
    private final String indent;
    private final Names names;
    private final TorchLines lines;
    private final Liveness liveness;
    private final StringBuilder head = new StringBuilder();

    private enum Form {
        /** Several steps, one behind the other. */
        ROW,
        /** One step, with the arguments of a row. */
        ONCE,
        /** The same, whose results are written into memory that it is given. */
        INTO,
        /** A part of a step. */
        PART
    }

    private TorchWriter(
            final Graph graph,
            final Sizes sizes,
            final Target target,
            final Form form,
            final List<Variable> variables) {
        this.graph = graph.turned(target);
        this.sizes = sizes;
        this.form = form;
        this.indent = form == Form.ROW ? "    " : "  ";
        this.names = new Names(PARAMETERS, variables);
        this.lines =
                new TorchLines(this.graph, names, new TorchLines.Style(indent, target, TorchExpression.Sizes.LITERAL));
        this.liveness = new Liveness(this.graph, lines.order(), lines::operands);
    }

    /**
     * Writes a program that computes steps in a row.
     *
     * @param variables those that the step read
     */
    public static Program write(
            final Graph graph, final Sizes sizes, final Target target, final List<Variable> variables) {
        return new TorchWriter(graph, sizes, target, Form.ROW, variables).write();
    }

    /**
     * As {@link #write}, but for one step alone: its results have no first axis for the steps, and are not copied for it.
     *
     * @param variables those that the step read
     */
    public static Program writeOnce(
            final Graph graph, final Sizes sizes, final Target target, final List<Variable> variables) {
        return new TorchWriter(graph, sizes, target, Form.ONCE, variables).write();
    }

    /**
     * As {@link #writeOnce}, but the program gets memory of each result's shape as its last arguments, and returns nothing.
     *
     * @param variables those that the step read
     */
    public static Program writeInto(
            final Graph graph, final Sizes sizes, final Target target, final List<Variable> variables) {
        return new TorchWriter(graph, sizes, target, Form.INTO, variables).write();
    }

    /**
     * Writes a program that computes a part of a step, which brings no numbers of its own. Its arguments: a float tensor of
     * the device, the numbers of the JVM that differ, the variables, the residents.
     *
     * @param slots numbers of the JVM
     * @param variables those that the part read
     */
    public static Program writePart(
            final Graph graph, final int slots, final Target target, final List<Variable> variables) {
        return new TorchWriter(graph, new Sizes(0, 0, slots), target, Form.PART, variables).write();
    }

    private Program write() {
        if (lines.hasUpdates()) {
            AdamUpdate.preparation()
                    .forEach(line -> head.append("  ").append(line).append('\n'));
        }
        final List<String> places = new ArrayList<>();
        if (form == Form.INTO) {
            graph.outputs().forEach(output -> places.add(names.fresh("place")));
        }
        if (form == Form.ROW) {
            head.append(lines.writeRow(this::source, liveness));
        } else {
            lines.write(this::source, liveness, places);
        }
        final List<String> results =
                switch (form) {
                    case ROW -> append();
                    case INTO -> List.of();
                    case ONCE, PART -> own();
                };
        assign();
        final Set<Integer> variables = new TreeSet<>();
        graph.assigned().keySet().forEach(variable -> variables.add(variable.number()));
        final Map<Integer, Tensor> residents = new TreeMap<>();
        lines.order().forEach(tensor -> {
            if (tensor.operation() == Source.VARIABLE) {
                variables.add((int) tensor.attribute(0));
            } else if (tensor.operation() == Source.RESIDENT) {
                residents.put((int) tensor.attribute(0), tensor);
            }
        });
        return new Program(
                method(variables, residents.values(), places, results),
                List.copyOf(variables),
                List.copyOf(residents.keySet()),
                places.size(),
                lines.work());
    }

    private void source(final Source source, final Tensor tensor) {
        switch (source) {
            case FULL -> full(tensor, lines.full(tensor, "floats"));
            case CONSTANT -> full(tensor, lines.constant(tensor, "floats"));
            case INTEGERS -> lines.line(names.of(tensor) + " = " + part("integers", sizes.integers(), tensor), tensor);
            case FLOATS -> lines.line(names.of(tensor) + " = " + part("floats", sizes.floats(), tensor), tensor);
            case VARIABLE, RESIDENT -> {}
        }
    }

    /** What is the same in every step is made once. */
    private void full(final Tensor tensor, final String text) {
        if (IntStream.range(0, tensor.numberCount())
                .allMatch(i -> tensor.number(i).isLiteral())) {
            head.append("  ").append(text).append('\n');
        } else {
            lines.line(text, tensor);
        }
    }

    private String part(final String all, final int perStep, final Tensor tensor) {
        final long from = tensor.attribute(0);
        final String step = form == Form.ROW ? "i * " + perStep + " + " : "";
        final String slice =
                "torch.slice(" + all + ", 0, " + step + from + ", " + step + (from + tensor.size()) + ", 1)";
        return tensor.rank() == 1 ? slice : "torch.reshape(" + slice + ", " + Arrays.toString(tensor.shape()) + ")";
    }

    /** Results are kept until the last step of the row; what lies in a variable's memory is copied before that changes. */
    private List<String> append() {
        final List<String> results = new ArrayList<>();
        for (int i = 0; i < graph.outputs().size(); i++) {
            final Tensor output = graph.outputs().get(i);
            final String name = names.of(output);
            final Tensor memory = liveness.memory(output);
            final boolean changes = memory.operation() == Source.VARIABLE || lines.isReused(memory);
            lines.line("torch.append(results_" + i + ", " + (changes ? "torch.clone(" + name + ")" : name) + ")");
            results.add("torch.stack(results_" + i + ")");
        }
        return results;
    }

    /** Each result gets memory of its own, in its own order. */
    private List<String> own() {
        final Set<Tensor> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        final List<String> results = new ArrayList<>();
        for (final Tensor output : graph.outputs()) {
            final Tensor memory = liveness.memory(output);
            final boolean isOwn = taken.add(memory) && !(memory.operation() instanceof Source);
            final String own = names.fresh("result");
            lines.line(own + " = torch.contiguous("
                    + (isOwn ? names.of(output) : "torch.clone(" + names.of(output) + ")") + ")");
            results.add(own);
        }
        return results;
    }

    /** New values that do not lie in their variable's own memory are copied there, after all that reads the old ones. */
    private void assign() {
        final List<String> copies = new ArrayList<>();
        graph.assigned().forEach((variable, value) -> {
            final Tensor memory = liveness.memory(value);
            final boolean ofVariable = memory.operation() == Source.VARIABLE;
            if (ofVariable && memory.attribute(0) == variable.number() && liveness.liesAsItIs(value)) {
                return;
            }
            final String target = names.ofVariable(variable.number());
            String from = names.of(value);
            if (ofVariable) {
                final String copy = names.fresh(target + "_new");
                lines.line(copy + " = torch.clone(" + from + ")");
                from = copy;
            }
            copies.add("torch.copy_(" + target + ", " + from + ")");
        });
        copies.forEach(lines::line);
    }

    private String method(
            final Set<Integer> variables,
            final Collection<Tensor> residents,
            final List<String> places,
            final List<String> results) {
        final StringBuilder text = new StringBuilder("def " + Program.METHOD + "(self: __torch__." + Program.CLASS
                + (form == Form.PART ? "" : ", steps: int, integers: Tensor")
                + ", floats: Tensor, numbers: List[float]");
        variables.forEach(
                variable -> text.append(", ").append(names.ofVariable(variable)).append(": Tensor"));
        residents.forEach(
                resident -> text.append(", ").append(names.of(resident)).append(": Tensor"));
        places.forEach(place -> text.append(", ").append(place).append(": Tensor"));
        text.append(") -> List[Tensor]:\n").append(head);
        if (form == Form.ROW) {
            for (int i = 0; i < results.size(); i++) {
                text.append("  results_").append(i).append(" = annotate(List[Tensor], [])\n");
            }
            text.append("  for i in range(steps):\n");
        }
        final String row = form == Form.ROW ? "i * " + sizes.slots() + " + " : "";
        for (int slot = 0; slot < sizes.slots(); slot++) {
            text.append(indent + "c" + slot + " = numbers[" + row + slot + "]\n");
        }
        final String body = lines.toString();
        text.append(body);
        if (form == Form.ROW && body.isEmpty()) {
            text.append(indent + "pass\n");
        }
        return text.append("  return annotate(List[Tensor], [" + String.join(", ", results) + "])\n")
                .toString();
    }
}
