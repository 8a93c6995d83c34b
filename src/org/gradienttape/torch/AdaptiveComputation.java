package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.gradienttape.distributed.Workers;
import org.gradienttape.state.Memory;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/**
 * Compiles steps as long as that pays. Where nearly every step is another one, so that each would be compiled for itself, or where
 * steps look at so many numbers in their middle that most is computed again and again, the rest of the run is computed operation by
 * operation, and the log says so once. The choice depends on the steps alone, never on time, so the same run makes it again.
 */
final class AdaptiveComputation implements Computation {
    /** Programs that any run may have. */
    private static final int SOME = 32;
    /** The steps that each program has to serve where there are more, and those that are not judged. */
    private static final int FEW = 8;

    private final NDManager engine;
    private final VariableStore variables;
    private final CompiledComputation compiled;
    private final Consumer<String> log;
    private final Workers workers;
    private final List<Variable> made = new ArrayList<>();
    private Machine.Watch watch = Machine.Watch.NOBODY;
    private Computation now;
    private int steps;

    /**
     * @param engine owner of everything native that the run opens
     * @param log takes lines for people
     * @param workers that share the run; all give compiling up when the first does
     */
    AdaptiveComputation(final NDManager engine, final Consumer<String> log, final Workers workers) {
        this.engine = engine;
        this.variables = new VariableStore(engine);
        this.compiled = new CompiledComputation(engine, variables, workers);
        this.now = compiled;
        this.log = log;
        this.workers = workers;
    }

    @Override
    public boolean joinsSteps() {
        return now.joinsSteps();
    }

    @Override
    public void step(final Runnable code) {
        if (isGivenUp() && now == compiled) {
            goEager();
        }
        steps++;
        now.step(code);
    }

    /** Whether the steps from the next one on are not compiled. */
    private boolean isGivenUp() {
        return now != compiled || workers.asFirst(hasManyPrograms() || steps >= FEW && compiled.mostlyLooks());
    }

    private boolean hasManyPrograms() {
        final int programs = compiled.programsMade();
        return programs > SOME && steps < FEW * programs;
    }

    private void goEager() {
        compiled.finish();
        now = new EagerComputation(engine, variables, workers, false);
        now.watchedBy(watch);
        made.forEach(variable -> variable.moveTo(now.machine()));
        log.accept(reason() + ", so compiling does not pay; the rest of the run is computed operation by operation.");
    }

    private String reason() {
        if (compiled.mostlyLooks()) {
            return "The steps look at many numbers while they run" + beginning(compiled.lookedAt())
                    + ", and for each all that leads to it is computed again";
        }
        return "Nearly every step does something else" + beginning(compiled.difference());
    }

    private static String beginning(final String place) {
        return place.isEmpty() ? "" : ", beginning at " + place;
    }

    @Override
    public Machine machine() {
        return now.machine();
    }

    @Override
    public Variable variable(final String name, final float[] values, final long... shape) {
        final Variable variable = now.variable(name, values, shape);
        made.add(variable);
        return variable;
    }

    @Override
    public Tensor resident(final NDArray array, final NumberType type, final long... shape) {
        return now.resident(array, type, shape);
    }

    @Override
    public Fetched fetch(final Tensor tensor) {
        return now.fetch(tensor);
    }

    @Override
    public void runWaiting() {
        now.runWaiting();
    }

    @Override
    public void watchedBy(final Machine.Watch other) {
        watch = other;
        now.watchedBy(other);
    }

    @Override
    public int compilations() {
        return compiled.compilations();
    }

    @Override
    public void finish() {
        now.finish();
    }

    @Override
    public void leave() {
        now.leave();
    }

    @Override
    public void keep(final Memory memory) {
        steps = memory.integer("steps", steps);
        if (memory.flag("eager", isGivenUp()) && now == compiled) {
            goEager();
        }
        now.keep(memory);
    }

    @Override
    public float[] read(final Variable variable) {
        return now.read(variable);
    }

    @Override
    public Optional<String> code() {
        return compiled.code();
    }

    @Override
    public void close() {
        compiled.close();
        if (now != compiled) {
            now.close();
        }
    }
}
