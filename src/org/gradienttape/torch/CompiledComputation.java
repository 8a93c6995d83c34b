package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.gradienttape.distributed.Workers;
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
    private final ProgramCache programs;
    private final Trace trace;
    private final JoinedPrograms joined;
    private final Passed passed;
    private final Waiting waiting = new Waiting();
    private List<Fetched> fetched = new ArrayList<>();
    private TraceKey last;
    private String difference = "";
    private String lookedAt = "";
    private long operations;
    private long operationsAgain;
    private final Incoming ofWaiting;
    private final Incoming ofStep;
    private final IValue oneStep = IValue.from(1L);
    private final IValue noNumbers = IValue.listFrom(new double[1]);

    /**
     * @param engine owner of everything native that the run opens
     * @param workers that share the run
     */
    CompiledComputation(final NDManager engine, final Workers workers) {
        this(engine, new VariableStore(engine), workers);
    }

    /**
     * @param variables of the run; closed with this one
     * @param workers that share it
     */
    CompiledComputation(final NDManager engine, final VariableStore variables, final Workers workers) {
        this.arrays = engine.newSubManager();
        this.variables = variables;
        this.programs = new ProgramCache((PtNDManager) arrays, this::runBefore, workers);
        this.trace = new Trace(new MiddleOfStep(), programs::beginningWith);
        this.joined = new JoinedPrograms((PtNDManager) arrays);
        this.passed = new Passed(arrays);
        this.ofWaiting = new Incoming(arrays);
        this.ofStep = new Incoming(arrays);
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
                numbers[numberCount++] = step.notes().numberAt(slot);
            }
        }

        /** Whether it is one step, of which nobody wants numbers. */
        boolean isOneWithoutResults() {
            return results.size() == 1 && results.get(0).isEmpty();
        }

        /** Whether it uses these arrays; what is in them does not matter. */
        boolean hasSame(final List<Object> others) {
            return others.size() == residents.size()
                    && IntStream.range(0, others.size()).allMatch(i -> others.get(i) == residents.get(i));
        }

        double[] numbers() {
            return Arrays.copyOf(numbers, numberCount);
        }

        void clear() {
            results.clear();
            residents = List.of();
            program = null;
            numberCount = 0;
        }
    }

    @Override
    public int compilations() {
        return programs.compilations();
    }

    /** How many programs were compiled that were not there, for whole steps and for numbers in their middle. */
    int programsMade() {
        return programs.made();
    }

    /**
     * Whether far more is computed for numbers in the middle of steps than for the steps: each number takes all that leads to
     * it, from the step's beginning.
     */
    boolean mostlyLooks() {
        return operationsAgain > 2 * operations;
    }

    /** The first tensor whose number somebody looked at in the middle of a step; empty if that is not known. */
    String lookedAt() {
        return lookedAt;
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
            trace.forget();
            passed.release(trace.residents());
            runBefore(); // what came before the failure is done
            throw failure;
        }
        if (!trace.leavesSomething()) {
            trace.forget();
            passed.release(trace.residents());
            return;
        }
        final ProgramCache.Entry program = program();
        if (waiting.program != program || !waiting.hasSame(trace.residents())) {
            runBefore();
        }
        waiting.add(program, trace, fetched);
    }

    private ProgramCache.Entry program() {
        final int before = programs.compilations();
        final ProgramCache.Entry program = programs.of(trace);
        operations += program.size();
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
        final Optional<float[]> known = trace.broughtAs(tensor);
        if (known.isPresent()) {
            result.set(known.get());
        } else {
            trace.output(tensor);
            fetched.add(result);
        }
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

    @Override
    public void leave() {
        if (waiting.program != null && !mayWait()) {
            finish();
        }
    }

    private boolean mayWait() {
        return waiting.isOneWithoutResults()
                && waiting.program.program().residents().stream()
                        .map(waiting.residents::get)
                        .allMatch(Passed::has);
    }

    /** Runs the steps before the one that is under way. */
    private void runBefore() {
        if (waiting.program == null) {
            return;
        }
        final int steps = waiting.results.size();
        try (NDManager call = arrays.newSubManager();
                Arguments arguments = new Arguments()) {
            arguments.ofWaiting();
            final NDList results = run(waiting.program, waiting.program.module(), arguments, call);
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
            passed.release(waiting.residents);
            waiting.clear();
        }
    }

    /**
     * Calls the engine.
     *
     * @param owner of the results
     */
    private static NDList run(
            final ProgramCache.Entry program,
            final ProgramModule module,
            final Arguments arguments,
            final NDManager owner) {
        TorchEngine.divide(program.program().work());
        final IValue[] all = arguments.all.toArray(IValue[]::new);
        if (program.program().places() > 0) {
            module.run(all);
            return new NDList();
        }
        return module.run(all, (PtNDManager) owner);
    }

    /** What programs get in a call. */
    private final class Arguments implements AutoCloseable {
        private final List<IValue> all = new ArrayList<>();
        private final List<IValue> own = new ArrayList<>();

        /** Those of the steps that wait. */
        void ofWaiting() {
            bring(waiting.results.size(), trace.takeBefore(), ofWaiting);
            add(waiting.program, waiting.numbers(), waiting.residents);
        }

        /** Those of the step that is under way. */
        void ofStep(final ProgramCache.Entry program) {
            final double[] numbers = new double[program.slots().length];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = trace.notes().numberAt(program.slots()[i]);
            }
            bring(1, trace.ofStep(), ofStep);
            add(program, numbers, trace.residents());
        }

        private void bring(final int steps, final Trace.Packed packed, final Incoming through) {
            final long[] integers = packed.integers().length == 0 ? new long[1] : packed.integers();
            final float[] floats = packed.floats().length == 0 ? new float[1] : packed.floats();
            all.add(steps == 1 ? oneStep : own(IValue.from((long) steps)));
            all.add(through.bring(integers));
            all.add(through.bring(floats));
        }

        private void add(final ProgramCache.Entry program, final double[] numbers, final List<Object> residents) {
            all.add(numbers.length == 0 ? noNumbers : own(IValue.listFrom(numbers)));
            program.program().variables().forEach(number -> all.add(variables.handle(number)));
            program.program().residents().forEach(place -> all.add(argument(residents.get(place))));
        }

        private IValue argument(final Object resident) {
            return resident instanceof Passed.Place place ? place.argument() : own(IValue.from((PtNDArray) resident));
        }

        /** Is closed after the call. */
        private IValue own(final IValue value) {
            own.add(value);
            return value;
        }

        @Override
        public void close() {
            own.forEach(IValue::close);
        }
    }

    @Override
    public void keep(final Memory memory) {
        finishLeft();
        variables.keep(memory.part("variables"));
        programs.keep(memory.part("programs"));
        operations = memory.integer("operations", operations);
        operationsAgain = memory.integer("operations again", operationsAgain);
    }

    @Override
    public float[] read(final Variable variable) {
        finishLeft();
        return variables.read(variable.number());
    }

    private void finishLeft() {
        if (waiting.program != null) {
            finish();
        }
    }

    @Override
    public Optional<String> code() {
        return Optional.of(programs.code());
    }

    @Override
    public void close() {
        joined.close();
        passed.close();
        ofWaiting.close();
        ofStep.close();
        oneStep.close();
        noNumbers.close();
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

        @Override
        public List<Object> change(
                final List<Machine.Placed> placed, final int count, final Consumer<FloatBuffer> change) {
            if (arrays.getDevice().isGpu()) {
                return List.of();
            }
            final ProgramCache.Entry program = programs.of(trace, placed);
            final Passed.Room room = passed.take(placed, count, waiting.residents);
            final List<Object> places = List.copyOf(room.places());
            try {
                compute(program, room.places(), arrays);
                change.accept(room.numbers());
            } catch (final RuntimeException | Error failure) {
                passed.release(places);
                throw failure;
            }
            return places;
        }

        private NDArray compute(final Tensor tensor, final NDManager owner) {
            final ProgramCache.Entry program = programs.of(trace, tensor);
            operationsAgain += program.size();
            if (lookedAt.isEmpty()) {
                lookedAt = tensor.place();
            }
            return compute(program, List.of(), owner).get(0);
        }

        /**
         * Runs what waits, and what is wanted of this step.
         *
         * @param places where the program puts what it does not return
         * @param owner of what it returns
         */
        private NDList compute(
                final ProgramCache.Entry program, final List<Passed.Place> places, final NDManager owner) {
            final Optional<ProgramModule> both = waiting.program != null && waiting.isOneWithoutResults()
                    ? joined.of(waiting.program, program)
                    : Optional.empty();
            if (both.isEmpty()) {
                runBefore();
            }
            final List<Object> before = waiting.residents;
            try (Arguments arguments = new Arguments()) {
                if (both.isPresent()) {
                    arguments.ofWaiting();
                    waiting.clear();
                }
                arguments.ofStep(program);
                places.forEach(place -> arguments.all.add(place.argument()));
                return run(program, both.orElse(program.module()), arguments, owner);
            } finally {
                passed.release(before);
            }
        }
    }
}
