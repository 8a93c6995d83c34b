package org.gradienttape.torch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.graph.Program;

/** Calls programs that compute a part of a step, with the variables of a run. */
public final class PartCaller implements AutoCloseable {
    private final NDManager arrays;
    private final VariableStore variables;
    /** What is the same in each call: a float tensor of the device, and no numbers. */
    private final List<IValue> constants = new ArrayList<>();

    /**
     * @param arrays of the run
     */
    public PartCaller(final NDManager arrays, final VariableStore variables) {
        this.arrays = arrays;
        this.variables = variables;
    }

    /**
     * Runs a program.
     *
     * @param numbers of the JVM, where the program has slots
     * @param residents the arrays among which the program's are
     * @param call owner of the results
     */
    public NDList run(
            final ProgramModule module,
            final Program program,
            final double[] numbers,
            final List<?> residents,
            final NDManager call) {
        if (constants.isEmpty()) {
            constants.add(IValue.from((PtNDArray) arrays.zeros(new Shape(0))));
            constants.add(IValue.listFrom(0.0));
        }
        final List<IValue> own = new ArrayList<>();
        final List<IValue> arguments = new ArrayList<>();
        arguments.add(constants.get(0));
        arguments.add(numbers.length == 0 ? constants.get(1) : kept(IValue.listFrom(numbers), own));
        program.variables().forEach(number -> arguments.add(variables.handle(number)));
        program.residents().forEach(place -> arguments.add(kept(IValue.from((PtNDArray) residents.get(place)), own)));
        TorchEngine.divide(program.work());
        try {
            return module.runEagerly(arguments.toArray(IValue[]::new), (PtNDManager) call);
        } finally {
            own.forEach(IValue::close);
        }
    }

    private static IValue kept(final IValue value, final List<IValue> own) {
        own.add(value);
        return value;
    }

    @Override
    public void close() {
        constants.forEach(IValue::close);
    }
}
