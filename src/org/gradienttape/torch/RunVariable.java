package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import java.util.function.Supplier;
import org.gradienttape.step.StepException;
import org.gradienttape.step.Tensor;
import org.gradienttape.step.Variable;

/**
 * An array that lasts for the run. Each step works with an alias of it: the same numbers in the same memory, so that
 * tapes of one step never leave a trace in the next; see {@link GradientTape}.
 */
final class RunVariable extends EngineTensor implements Variable {
    /** Which tapes record what is computed from it. */
    enum Tapes {
        ALWAYS,
        WHEN_TOLD
    }

    private static final ScriptFunction COPY = ScriptFunction.of("torch.copy_(to, value, False)", "to", "value");

    private final String name;
    private final NDArray resident;
    private final Tapes tapes;
    private final Supplier<StepScope> current;
    private StepScope aliasScope;
    private NDArray alias;

    /**
     * @param resident belongs to the run
     * @param tapes which ones watch it
     * @param current the step that is under way
     */
    RunVariable(final String name, final NDArray resident, final Tapes tapes, final Supplier<StepScope> current) {
        this.name = name;
        this.resident = resident;
        this.tapes = tapes;
        this.current = current;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void assign(final Tensor value) {
        final NDArray numbers = fitting(value);
        scope().unrecorded(() -> COPY.call(resident, numbers).close());
    }

    @Override
    public void assignAdd(final Tensor value) {
        final NDArray numbers = fitting(value);
        scope().unrecorded(() -> resident.addi(numbers));
    }

    @Override
    StepScope scope() {
        return current.get();
    }

    @Override
    NDArray array() {
        final StepScope scope = scope();
        scope.check();
        if (aliasScope != scope) {
            alias = resident.stopGradient();
            alias.attach(scope.arrays());
            if (tapes == Tapes.ALWAYS) {
                alias.setRequiresGradient(true);
                scope.recorded(alias);
            }
            aliasScope = scope;
        }
        return alias;
    }

    /** What a network computes with. Weights that no optimizer changes are used as they are. */
    NDArray forModel() {
        return tapes == Tapes.ALWAYS ? array() : resident;
    }

    /** What an optimizer changes. */
    NDArray resident() {
        return resident;
    }

    private NDArray fitting(final Tensor value) {
        final NDArray numbers = EngineTensor.arrayOf(value);
        if (!numbers.getShape().equals(resident.getShape())) {
            throw new StepException("the variable " + name + " has the shape " + resident.getShape()
                    + ", but the value has " + numbers.getShape() + "; reshape the value");
        }
        return numbers;
    }
}
