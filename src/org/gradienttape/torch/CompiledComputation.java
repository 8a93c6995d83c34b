package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gradienttape.graph.Trace;
import org.gradienttape.graph.TraceKey;
import org.gradienttape.state.Memory;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/**
 * Compiles steps. Each step is traced; equal ones wait for one another and run in one call, until another kind of step
 * comes, something needs numbers, or the caller wants them to be run.
 */
final class CompiledComputation implements Computation {
    private final NDManager arrays;
    private final VariableStore variables;
    private final Trace trace = new Trace(new MiddleOfStep());
    private final ProgramCache programs;
    private final Waiting waiting = new Waiting();
    private List<Fetched> fetched = new ArrayList<>();
    private TraceKey last;
    private String difference = "";
    private int stepPrograms;
    private final Incoming incoming = new Incoming();

    /**
     * @param engine owner of everything native that the run opens
     */
    CompiledComputation(final NDManager engine) {
        this(engine, new VariableStore(engine));
    }

    /**
     * @param variables of the run; closed with this one
     */
    CompiledComputation(final NDManager engine, final VariableStore variables) {
        this.arrays = engine.newSubManager();
        this.variables = variables;
        this.programs = new ProgramCache((PtNDManager) arrays, this::runBefore);
    }

    /** Steps that are traced and not yet run, all of the same program. */
    private static final class Waiting {
        private final List<List<Fetched>> results = new ArrayList<>();
        private ProgramCache.Entry program;
        private List<Object> residents = List.of();
        private double[] numbers = new double[1 << 8];
        private int numberCount;

        void add(final ProgramCache.Entry next, final Trace step, final List<Fetched> fetched) {
            program = next;
            residents = step.residents();
            results.add(fetched);
            for (final int slot : next.slots()) {
                if (numberCount == numbers.length) {
                    numbers = Arrays.copyOf(numbers, 2 * numberCount);
                }
                numbers[numberCount++] = step.numberAt(slot);
            }
        }

        void clear() {
            results.clear();
            program = null;
            numberCount = 0;
        }
    }

    @Override
    public int compilations() {
        return programs.compilations();
    }

    /** How many programs of whole steps were compiled; those for numbers in the middle of a step do not count. */
    int stepPrograms() {
        return stepPrograms;
    }

    /** Where the last step that needed a program of its own differed from the one before; empty if that is not known. */
    String difference() {
        return difference;
    }

    @Override
    public void watchedBy(final Machine.Watch watch) {
        trace.watchedBy(watch);
    }

    @Override
    public Machine machine() {
        return trace;
    }

    @Override
    public Variable variable(final String name, final float[] values, final long... shape) {
        return new Variable(trace, name, variables.add(name, values, shape), shape);
    }

    @Override
    public Tensor resident(final NDArray array, final NumberType type, final long... shape) {
        return trace.resident(array, type, shape);
    }

    @Override
    public boolean joinsSteps() {
        return true;
    }

    @Override
    public void step(final Runnable code) {
        trace.begin();
        fetched = new ArrayList<>();
        try {
            code.run();
        } catch (final RuntimeException | Error failure) {
            runBefore(); // what came before the failure is done
            throw failure;
        }
        final ProgramCache.Entry program = program();
        final boolean sameArrays = waiting.program == null || trace.residents().equals(waiting.residents);
        if (waiting.program != program || !sameArrays) {
            runBefore();
        }
        waiting.add(program, trace, fetched);
    }

    private ProgramCache.Entry program() {
        final int before = programs.compilations();
        final ProgramCache.Entry program = programs.of(trace);
        if (programs.compilations() > before) {
            stepPrograms++;
        }
        if (programs.compilations() > before && last != null) {
            final String place = trace.differenceTo(last);
            difference = place.isEmpty() ? difference : place;
        }
        last = program.key();
        return program;
    }

    @Override
    public Fetched fetch(final Tensor tensor) {
        final Fetched result = new Fetched();
        trace.output(tensor);
        fetched.add(result);
        return result;
    }

    @Override
    public void runWaiting() {
        runBefore();
    }

    @Override
    public void finish() {
        trace.begin();
        runBefore();
    }

    /** Runs the steps before the one that is under way. */
    private void runBefore() {
        if (waiting.program == null) {
            return;
        }
        final Trace.Packed packed = trace.takeBefore();
        final int steps = waiting.results.size();
        final double[] numbers = Arrays.copyOf(waiting.numbers, waiting.numberCount);
        try (NDManager call = arrays.newSubManager()) {
            final NDList results = call(waiting.program, steps, packed, numbers, waiting.residents, call);
            for (int i = 0; i < results.size(); i++) {
                final float[] all = results.get(i).toFloatArray();
                final int size = all.length / steps;
                for (int step = 0; step < steps; step++) {
                    waiting.results
                            .get(step)
                            .get(i)
                            .set(steps == 1 ? all : Arrays.copyOfRange(all, step * size, (step + 1) * size));
                }
            }
        } finally {
            waiting.clear();
        }
    }

    private NDList call(
            final ProgramCache.Entry program,
            final int steps,
            final Trace.Packed packed,
            final double[] numbers,
            final List<Object> residents,
            final NDManager call) {
        final List<IValue> own = new ArrayList<>();
        final List<IValue> arguments = new ArrayList<>();
        own.add(IValue.from((long) steps));
        own.add(IValue.from(bring(packed.integers(), call)));
        own.add(IValue.from(bring(packed.floats(), call)));
        own.add(IValue.listFrom(numbers.length == 0 ? new double[1] : numbers));
        arguments.addAll(own);
        program.program().variables().forEach(number -> arguments.add(variables.handle(number)));
        for (final int resident : program.program().residents()) {
            final IValue handle = IValue.from((PtNDArray) residents.get(resident));
            own.add(handle);
            arguments.add(handle);
        }
        TorchEngine.divide(program.program().work());
        try {
            return program.module().run(arguments.toArray(IValue[]::new), (PtNDManager) call);
        } finally {
            own.forEach(IValue::close);
        }
    }

    private PtNDArray bring(final long[] values, final NDManager call) {
        final long[] some = values.length == 0 ? new long[1] : values;
        return (PtNDArray) incoming.bring(some, new Shape(some.length), call);
    }

    private PtNDArray bring(final float[] values, final NDManager call) {
        final float[] some = values.length == 0 ? new float[1] : values;
        return (PtNDArray) incoming.bring(some, new Shape(some.length), call);
    }

    @Override
    public void keep(final Memory memory) {
        variables.keep(memory.part("variables"));
        programs.keep(memory.part("programs"));
        stepPrograms = memory.integer("step programs", stepPrograms);
    }

    @Override
    public float[] read(final Variable variable) {
        return variables.read(variable.number());
    }

    @Override
    public Optional<String> code() {
        return Optional.of(programs.code());
    }

    @Override
    public void close() {
        programs.close();
        variables.close();
        arrays.close();
    }

    /** Numbers that a step asks for in its middle: what waits is run, then what the tensor needs of this step. */
    private final class MiddleOfStep implements Trace.Reader {
        @Override
        public float[] floats(final Tensor tensor) {
            try (NDManager call = arrays.newSubManager()) {
                return compute(tensor, call).toFloatArray();
            }
        }

        @Override
        public long[] longs(final Tensor tensor) {
            try (NDManager call = arrays.newSubManager()) {
                return compute(tensor, call).toLongArray();
            }
        }

        private NDArray compute(final Tensor tensor, final NDManager call) {
            runBefore();
            final ProgramCache.Entry program = programs.of(trace, tensor);
            final double[] numbers =
                    Arrays.stream(program.slots()).mapToDouble(trace::numberAt).toArray();
            return call(program, 1, trace.ofStep(), numbers, trace.residents(), call)
                    .get(0);
        }
    }
}
