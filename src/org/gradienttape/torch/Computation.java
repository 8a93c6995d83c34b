package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import java.util.function.Consumer;
import org.gradienttape.distributed.Workers;
import org.gradienttape.state.Memory;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.gradienttape.tensor.VariableMaker;

/**
 * How the steps of a run are computed. A step is Java code that works with tensors; each step may do something else. Not
 * for several threads.
 */
public interface Computation extends VariableMaker, AutoCloseable {
    /**
     * @param engine owner of everything native that the run opens
     * @param workers that share it
     */
    static Computation of(final Execution execution, final NDManager engine, final Workers workers) {
        return switch (execution) {
            case COMPILED -> new CompiledComputation(engine, workers);
            case EAGER -> new EagerComputation(engine, workers);
        };
    }

    /**
     * For steps that a user wrote, which may differ each time.
     *
     * @param engine owner of everything native that the run opens
     * @param log takes lines for people
     * @param workers that share the run
     */
    static Computation ofUsers(
            final Execution execution, final NDManager engine, final Consumer<String> log, final Workers workers) {
        return switch (execution) {
            case COMPILED -> new AdaptiveComputation(engine, log, workers);
            case EAGER -> new EagerComputation(engine, workers);
        };
    }

    /** What takes the operations of the step that is under way. */
    Machine machine();

    /** A variable that lasts for the run; may be made within a step. */
    @Override
    Variable variable(String name, float[] values, long... shape);

    /**
     * Within a step, an array that lies on the device and stays as it is until the step has run.
     *
     * @param shape as the step sees it
     */
    Tensor resident(NDArray array, NumberType type, long... shape);

    /** Whether steps wait for one another, so that several in a call take less time. */
    boolean joinsSteps();

    /** Takes a step; it may wait until {@link #finish} or until something needs its numbers. */
    void step(Runnable code);

    /** Within a step, asks for a tensor's numbers after it. */
    Fetched fetch(Tensor tensor);

    /** Within a step, runs those before it that wait. */
    void runWaiting();

    /** Lets somebody look on while a person's code gives operations. */
    void watchedBy(Machine.Watch watch);

    /** How many programs were compiled. */
    int compilations();

    /** Runs all steps that wait. */
    void finish();

    /** Runs the steps that wait, unless nobody wants numbers of theirs and they need nothing but what lasts for the run. */
    void leave();

    /** Keeps all that the next steps depend on, or goes back to it; not within a step. */
    void keep(Memory memory);

    /** A copy of a variable's numbers after all steps; not within one. */
    float[] read(Variable variable);

    /** The generated code, if there is any: one program per kind of step. */
    Optional<String> code();

    @Override
    void close();
}
