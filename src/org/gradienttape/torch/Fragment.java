package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradienttape.distributed.Workers;
import org.gradienttape.graph.Part;
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
    private final Map<Variable, Tensor> assigned = new LinkedHashMap<>();
    /** The variables that it was the first to read in the step, and their tensors. */
    private final Map<Variable, Tensor> read = new LinkedHashMap<>();

    private int runs;
    private boolean keepsGradients;

    /**
     * @param arrays of the run
     * @param workers that share it
     */
    Fragment(final NDManager arrays, final VariableStore variables, final Workers workers) {
        this.variables = variables;
        this.programs = new ProgramCache((PtNDManager) arrays, () -> {}, workers);
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

    /** Begins a fragment. */
    void begin() {
        assigned.clear();
        read.clear();
    }

    /** Notes that a variable is read, for the first time in this step. */
    void read(final Variable variable, final Tensor node) {
        read.put(variable, node);
    }

    /** What the fragment was the first to read. */
    Map<Variable, Tensor> read() {
        return read;
    }

    void assign(final Variable variable, final Tensor value) {
        assigned.put(variable, value);
    }

    /** The variables that the fragment assigned. */
    Set<Variable> assigned() {
        return assigned.keySet();
    }

    /**
     * Computes the fragment, and what it needs.
     *
     * @param nodes the step's tensors by their numbers
     * @param values their arrays; null for those that are not computed
     * @param results wanted
     * @param step owner of the results, and of the arrays that variables had
     * @return their arrays
     */
    public List<NDArray> run(
            final List<Tensor> nodes, final List<NDArray> values, final List<Tensor> results, final NDManager step) {
        final List<Tensor> outputs = new ArrayList<>(results);
        final List<Variable> replaced = new ArrayList<>();
        final Map<Variable, Tensor> inPlace = new LinkedHashMap<>();
        assigned.forEach((variable, value) -> {
            if (read.containsKey(variable)) {
                inPlace.put(variable, value);
            } else {
                outputs.add(value);
                replaced.add(variable);
            }
        });
        final NDList computed = run(new Part(nodes, id -> values.get(id) != null, outputs, inPlace), values, step);
        for (int i = 0; i < replaced.size(); i++) {
            variables
                    .replace(replaced.get(i).number(), computed.get(results.size() + i))
                    .attach(step);
        }
        runs++;
        return computed.subList(0, results.size());
    }

    private NDList run(final Part part, final List<NDArray> values, final NDManager step) {
        final ProgramCache.Entry program = programs.of(part, List.copyOf(read.keySet()));
        final double[] numbers = new double[program.slots().length];
        Arrays.setAll(numbers, i -> part.notes().numberAt(program.slots()[i]));
        final List<NDArray> given = new ArrayList<>();
        part.given().forEach(tensor -> given.add(values.get(tensor.id())));
        return caller.run(program.module(), program.program(), numbers, given, step);
    }

    @Override
    public void close() {
        caller.close();
        programs.close();
    }
}
