package org.gradienttape.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/** Names of tensors in a program: after the variable, or after the layer and the operation. */
public final class Names implements TorchLines.Naming {
    /** Words that a program uses itself. */
    private static final Set<String> RESERVED = Set.of(
            ("and as assert break class continue def del elif else except exec finally for from global if import in is"
                            + " lambda not or pass print raise return try while with yield torch ops annotate int float"
                            + " range None True False inf nan")
                    .split(" "));

    /** Numbers of the JVM, and lists of results. */
    private static final Pattern OF_PROGRAM = Pattern.compile("c\\d+|results_\\d+");

    private final Map<Integer, String> variables = new HashMap<>();
    private final Map<Tensor, String> names = new IdentityHashMap<>();
    private final Map<Tensor, Map<String, String>> beside = new IdentityHashMap<>();
    private final Set<String> taken;
    /** The numbers from which on names like these may be free. */
    private final Map<String, Integer> next = new HashMap<>();

    /**
     * @param taken what the program itself calls something
     * @param known variables of the program
     */
    public Names(final Set<String> taken, final Iterable<Variable> known) {
        this.taken = new HashSet<>(taken);
        known.forEach(variable -> variables.put(variable.number(), free(clean(variable.name()))));
    }

    /** The name of a tensor, the same each time. */
    @Override
    public String of(final Tensor tensor) {
        final Tensor made = Graph.settled(tensor);
        if (made.operation() == Source.VARIABLE) {
            return ofVariable((int) made.attribute(0));
        }
        return names.computeIfAbsent(made, unnamed -> free(wish(unnamed)));
    }

    String ofVariable(final int number) {
        return variables.get(number);
    }

    /** "dense_1_matmul" for an operation of the layer "dense_1: Dense, 64 to 10". */
    private static String wish(final Tensor tensor) {
        final String layer = tensor.place().replaceFirst("^gradient of ", "").replaceFirst(":.*", "");
        final String back = tensor.place().startsWith("gradient of ") ? "_gradient" : "";
        final String operation = tensor.operation().spoken().replace(' ', '_');
        return layer.isEmpty() ? operation : clean(layer) + back + "_" + operation;
    }

    private static String clean(final String name) {
        final String clean = name.replaceAll("[^A-Za-z0-9]+", "_").replaceFirst("_+$", "");
        return clean.matches("[A-Za-z].*") ? clean : "t" + clean;
    }

    @Override
    public String beside(final Tensor tensor, final String what) {
        return beside.computeIfAbsent(Graph.settled(tensor), first -> new HashMap<>())
                .computeIfAbsent(what, first -> free(of(tensor) + "_" + what));
    }

    /** A name for something beside the tensors. */
    public String fresh(final String wish) {
        return free(wish);
    }

    /** A name like this one that nothing has; words of Python get a number too. */
    private String free(final String wish) {
        String name = allowed(wish);
        int number = next.getOrDefault(wish, 2);
        for (; !taken.add(name); number++) {
            name = allowed(wish + "_" + number);
        }
        next.put(wish, number);
        return RESERVED.contains(name) ? free(name + "_") : name;
    }

    private static String allowed(final String name) {
        return OF_PROGRAM.matcher(name).matches() ? "t" + name : name;
    }
}
