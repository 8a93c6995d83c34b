package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gradienttape.graph.Trace;
import org.gradienttape.state.Memory;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/**
 * Operations of an eager step that are computed in one program, since nobody looks at the numbers between: gradients, and
 * what an optimizer does with them.
 *
 * <p>Variables that the step has not read before are changed in place. Others get another array, so that what was read of
 * them stays as it was.
 */
final class Fragment implements AutoCloseable {
    private static final int FEW_PROGRAMS = 8;

    private final VariableStore variables;
    private final ProgramCache programs;
    private final PartCaller caller;
    private final Trace trace = Trace.ofOperations();
    private final Map<Tensor, Tensor> notes = new HashMap<>();
    private final Map<Variable, Tensor> assigned = new LinkedHashMap<>();
    private List<NDArray> values = List.of();
    private int runs;
    private boolean keepsGradients;

    /**
     * @param arrays of the run
     */
    Fragment(final NDManager arrays, final VariableStore variables) {
        this.variables = variables;
        this.programs = new ProgramCache((PtNDManager) arrays, () -> {});
        this.caller = new PartCaller(arrays, variables);
    }

    /** Whether programs pay: they do not where nearly every fragment differs from all before. */
    boolean pays() {
        return programs.compilations() <= FEW_PROGRAMS || runs >= FEW_PROGRAMS * programs.compilations();
    }

    /** Keeps which programs there are and how often they ran, or goes back to that. */
    public void keep(final Memory memory) {
        runs = memory.integer("runs", runs);
        keepsGradients = memory.flag("keeps gradients", keepsGradients);
        programs.keep(memory);
    }

    /** Whether updates give the gradients, too: after somebody has looked at some behind an update. */
    boolean keepsGradients() {
        return keepsGradients;
    }

    void keepGradients() {
        keepsGradients = true;
    }

    /** How many programs were compiled. */
    int compilations() {
        return programs.compilations();
    }

    /**
     * Begins a fragment.
     *
     * @param computed the arrays of the step's tensors by their numbers; null for those within fragments
     */
    void begin(final List<NDArray> computed) {
        values = computed;
        trace.begin();
        notes.clear();
        assigned.clear();
    }

    /** Notes an operation. */
    void take(final Tensor node) {
        notes.put(node, note(node));
    }

    /** Notes that a variable is read, for the first time in this step. */
    void read(final Tensor node, final Variable variable) {
        notes.put(node, trace.noteRead(variable));
    }

    void assign(final Variable variable, final Tensor value) {
        assigned.put(variable, value);
    }

    /** The variables that the fragment assigned. */
    Set<Variable> assigned() {
        return assigned.keySet();
    }

    private Tensor note(final Tensor node) {
        final Tensor[] inputs = new Tensor[node.inputCount()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = noted(node.input(i));
        }
        return trace.note(node, inputs);
    }

    /** A tensor as the program knows it. */
    private Tensor noted(final Tensor tensor) {
        final Tensor note = notes.get(tensor);
        if (note != null) {
            return note;
        }
        final NDArray array = values.get(tensor.id());
        if (array == null) {
            missing(tensor).forEach(before -> notes.put(before, note(before)));
        } else {
            notes.put(tensor, trace.resident(array, tensor.type(), tensor.shape()));
        }
        return notes.get(tensor);
    }

    /** What an earlier fragment did not keep and has to be computed again, inputs before results. */
    private List<Tensor> missing(final Tensor tensor) {
        final Set<Tensor> found = new TreeSet<>(Comparator.comparingInt(Tensor::id));
        final Deque<Tensor> open = new ArrayDeque<>(List.of(tensor));
        while (!open.isEmpty()) {
            final Tensor next = open.pop();
            if (!notes.containsKey(next) && values.get(next.id()) == null && found.add(next)) {
                for (int i = 0; i < next.inputCount(); i++) {
                    open.push(next.input(i));
                }
            }
        }
        return List.copyOf(found);
    }

    /**
     * Computes the fragment.
     *
     * @param results wanted
     * @param step owner of the results, and of the arrays that variables had
     * @return their arrays
     */
    public List<NDArray> run(final List<Tensor> results, final NDManager step) {
        final List<Variable> replaced = new ArrayList<>();
        results.forEach(result -> trace.output(noted(result)));
        final List<Variable> untouched = trace.variables();
        assigned.forEach((variable, value) -> {
            if (untouched.contains(variable)) {
                trace.noteAssigned(variable, noted(value));
            } else {
                trace.output(noted(value));
                replaced.add(variable);
            }
        });
        final ProgramCache.Entry program = programs.ofPart(trace);
        final double[] numbers =
                Arrays.stream(program.slots()).mapToDouble(trace::numberAt).toArray();
        final NDList computed = caller.run(program.module(), program.program(), numbers, trace.residents(), step);
        for (int i = 0; i < replaced.size(); i++) {
            variables
                    .replace(replaced.get(i).number(), computed.get(results.size() + i))
                    .attach(step);
        }
        runs++;
        return computed.subList(0, results.size());
    }

    @Override
    public void close() {
        caller.close();
        programs.close();
    }
}
