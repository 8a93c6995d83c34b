package org.gradienttape.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gradienttape.tensor.Arithmetic;
import org.gradienttape.tensor.Convolution;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Pooling;
import org.gradienttape.tensor.Scalar;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/**
 * Writes a graph as a TorchScript method: what nobody needs is left out, several operations become one call where the
 * engine has one, and results are written over what nobody reads again. Each line ends in a comment that names the layer.
 */
public final class TorchWriter {
    private static final String INDENT = "    ";

    /**
     * How much each step of a row brings.
     *
     * @param integers of each step
     * @param floats of each step
     * @param slots numbers of the JVM of each step
     * @param dtype of float numbers, {@link TorchExpression#SINGLE} or, for tests, {@link TorchExpression#DOUBLE}
     */
    public record Sizes(int integers, int floats, int slots, int dtype) {}

    private final Graph graph;
    private final Sizes sizes;
    private final Names names;
    private final List<Tensor> order;
    private final Fusion fusion;
    private final Liveness liveness;
    private final Set<Tensor> written = Collections.newSetFromMap(new IdentityHashMap<>());
    private final StringBuilder head = new StringBuilder();
    private final StringBuilder body = new StringBuilder();

    private TorchWriter(final Graph graph, final Sizes sizes, final List<Variable> variables) {
        this.graph = graph;
        this.sizes = sizes;
        this.names = new Names(variables);
        final List<Tensor> live = live();
        this.fusion = new Fusion(live, uses(live));
        this.order = live.stream().filter(tensor -> !fusion.isAbsorbed(tensor)).toList();
        this.liveness = new Liveness(graph, order, fusion);
    }

    /**
     * Writes the program.
     *
     * @param variables those that the step read
     */
    public static Program write(final Graph graph, final Sizes sizes, final List<Variable> variables) {
        return new TorchWriter(graph, sizes, variables).write();
    }

    private List<Tensor> live() {
        final Set<Tensor> live = Collections.newSetFromMap(new IdentityHashMap<>());
        final Deque<Tensor> open = new ArrayDeque<>(graph.outputs());
        open.addAll(graph.assigned().values());
        while (!open.isEmpty()) {
            final Tensor tensor = open.pop();
            if (live.add(tensor)) {
                Fusion.inputs(tensor).forEach(open::push);
            }
        }
        return graph.nodes().stream().filter(live::contains).toList();
    }

    private Map<Tensor, Integer> uses(final List<Tensor> live) {
        final Map<Tensor, Integer> uses = new IdentityHashMap<>();
        live.forEach(tensor -> Fusion.inputs(tensor).forEach(input -> uses.merge(input, 1, Integer::sum)));
        graph.outputs().forEach(output -> uses.merge(output, 1, Integer::sum));
        graph.assigned().values().forEach(value -> uses.merge(value, 1, Integer::sum));
        return uses;
    }

    private Program write() {
        for (int i = 0; i < order.size(); i++) {
            if (!written.contains(order.get(i))) {
                write(order.get(i), i);
            }
        }
        append();
        assign();
        final Set<Integer> variables = new TreeSet<>();
        graph.assigned().keySet().forEach(variable -> variables.add(variable.number()));
        final Set<Integer> residents = new TreeSet<>();
        order.forEach(tensor -> {
            if (tensor.operation() == Source.VARIABLE) {
                variables.add((int) tensor.attribute(0));
            } else if (tensor.operation() == Source.RESIDENT) {
                residents.add((int) tensor.attribute(0));
            }
        });
        return new Program(method(variables, residents), List.copyOf(variables), List.copyOf(residents));
    }

    private void line(final String statement, final Tensor about) {
        body.append(INDENT).append(statement);
        if (!about.place().isEmpty()) {
            body.append("  # ").append(about.place());
        }
        body.append('\n');
    }

    private void write(final Tensor tensor, final int place) {
        if (tensor.operation() instanceof Source source) {
            source(source, tensor);
        } else if (fusion.group(tensor).size() > 1) {
            group(fusion.group(tensor));
        } else if (fusion.of(tensor).isPresent()) {
            final Fusion.Fused call = fusion.of(tensor).get();
            final boolean over = call.elementwise() && liveness.overwrites(tensor, call.operands(), place);
            line(
                    names.of(tensor) + " = torch." + call.function() + (over ? "_" : "") + "("
                            + call.operands().stream().map(names::of).collect(Collectors.joining(", ")) + call.rest()
                            + ")",
                    tensor);
        } else {
            alone(tensor, place);
        }
    }

    private void alone(final Tensor tensor, final int place) {
        final Operation operation = tensor.operation();
        List<Tensor> in = Fusion.inputs(tensor);
        boolean over = TorchExpression.hasInPlaceForm(operation) && liveness.overwrites(tensor, in, place);
        if (!over && (operation == Arithmetic.ADD || operation == Arithmetic.MUL)) {
            final List<Tensor> turned = List.of(in.get(1), in.get(0));
            over = liveness.overwrites(tensor, turned, place);
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
                sizes.dtype());
    }

    /** Two results of one call. */
    private void group(final List<Tensor> members) {
        final Tensor first = members.get(0);
        final Tensor second = members.get(1);
        final TorchExpression expression = expression(first, Fusion.inputs(first));
        if (first.operation() == Convolution.CONVOLVE_KERNEL) {
            line(
                    names.of(second) + ", " + names.of(first) + ", " + names.fresh("unused") + ", = "
                            + expression.convolutionBackward("True"),
                    first);
        } else if (first.operation() == Pooling.LARGEST) {
            line(names.of(first) + ", " + names.of(second) + ", = " + expression.largestWithPlaces(), first);
        }
        written.addAll(members);
    }

    private void source(final Source source, final Tensor tensor) {
        switch (source) {
            case FULL -> full(tensor);
            case INTEGERS -> line(names.of(tensor) + " = " + part("integers", sizes.integers(), tensor), tensor);
            case FLOATS -> line(names.of(tensor) + " = " + part("floats", sizes.floats(), tensor), tensor);
            case VARIABLE, RESIDENT -> {}
        }
    }

    /** What is the same in every step is made once. */
    private void full(final Tensor tensor) {
        final Scalar number = tensor.number(0);
        final String text = names.of(tensor) + " = torch.full(" + Arrays.toString(tensor.shape()) + ", " + number
                + ", dtype=" + sizes.dtype() + ", device=floats.device)";
        if (number.isLiteral()) {
            head.append("  ").append(text).append('\n');
        } else {
            line(text, tensor);
        }
    }

    private static String part(final String all, final int perStep, final Tensor tensor) {
        final long from = tensor.attribute(0);
        final String slice = "torch.slice(" + all + ", 0, i * " + perStep + " + " + from + ", i * " + perStep + " + "
                + (from + tensor.size()) + ", 1)";
        return tensor.rank() == 1 ? slice : "torch.reshape(" + slice + ", " + Arrays.toString(tensor.shape()) + ")";
    }

    /** Results are kept until the last step of the row; what lies in a variable's memory is copied before that changes. */
    private void append() {
        for (int i = 0; i < graph.outputs().size(); i++) {
            final Tensor output = graph.outputs().get(i);
            final String name = names.of(output);
            final boolean ofVariable = liveness.memory(output).operation() == Source.VARIABLE;
            body.append(INDENT + "torch.append(results_" + i + ", " + (ofVariable ? "torch.clone(" + name + ")" : name)
                    + ")\n");
        }
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
                body.append(INDENT + copy + " = torch.clone(" + from + ")\n");
                from = copy;
            }
            copies.add("torch.copy_(" + target + ", " + from + ")");
        });
        copies.forEach(copy -> body.append(INDENT).append(copy).append('\n'));
    }

    private String method(final Set<Integer> variables, final Set<Integer> residents) {
        final StringBuilder text = new StringBuilder("def " + Program.METHOD + "(self: __torch__." + Program.CLASS
                + ", steps: int, integers: Tensor, floats: Tensor, numbers: List[float]");
        variables.forEach(
                variable -> text.append(", ").append(names.ofVariable(variable)).append(": Tensor"));
        for (final Tensor tensor : order) {
            if (tensor.operation() == Source.RESIDENT) {
                text.append(", ").append(names.of(tensor)).append(": Tensor");
            }
        }
        text.append(") -> List[Tensor]:\n").append(head);
        final int results = graph.outputs().size();
        for (int i = 0; i < results; i++) {
            text.append("  results_").append(i).append(" = annotate(List[Tensor], [])\n");
        }
        text.append("  for i in range(steps):\n");
        for (int slot = 0; slot < sizes.slots(); slot++) {
            text.append(INDENT + "c" + slot + " = numbers[i * " + sizes.slots() + " + " + slot + "]\n");
        }
        text.append(body);
        if (body.length() == 0 && results == 0) {
            text.append(INDENT + "pass\n");
        }
        text.append("  return ");
        text.append(IntStream.range(0, results)
                .mapToObj(i -> "torch.stack(results_" + i + ")")
                .collect(Collectors.joining(", ", "annotate(List[Tensor], [", "])")));
        return text.append('\n').toString();
    }
}
