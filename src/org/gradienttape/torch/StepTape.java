package org.gradienttape.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.gradienttape.step.GradientTape;
import org.gradienttape.step.StepException;
import org.gradienttape.step.Tensor;

/** The tape that a step's code opens. Recording is libtorch's own; this counts who asked for it. */
final class StepTape implements GradientTape {
    /** Whether a loss is good for one gradient or more. */
    enum Use {
        ONCE,
        PERSISTENT
    }

    private final StepScope scope;
    private final Use use;
    private boolean open = true;

    StepTape(final StepScope scope, final Use use) {
        this.scope = scope;
        this.use = use;
        scope.tapeOpens();
    }

    @Override
    public void watch(final Tensor tensor) {
        final NDArray array = EngineTensor.arrayOf(tensor);
        if (array.getDataType() != DataType.FLOAT32) {
            throw new StepException("a tape watches numbers of float32, but this tensor has "
                    + array.getDataType().name().toLowerCase() + "; take its toFloat()");
        }
        array.setRequiresGradient(true);
        scope.watched();
    }

    @Override
    public List<Tensor> gradient(final Tensor loss, final List<? extends Tensor> sources) {
        if (sources.isEmpty()) {
            return List.of();
        }
        final NDArray target = oneNumber(EngineTensor.arrayOf(loss));
        final List<NDArray> arrays = sources.stream().map(EngineTensor::arrayOf).toList();
        try {
            return scope.gradients(target, arrays, order()).stream()
                    .map(scope::freshTensor)
                    .toList();
        } catch (final EngineException e) {
            throw explained(e);
        }
    }

    @Override
    public Tensor gradient(final Tensor loss, final Tensor source) {
        return gradient(loss, List.of(source)).get(0);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            scope.tapeCloses();
        }
    }

    /** Inside of another tape, that one records the gradients. */
    private Autograd order() {
        final int others = scope.openTapes() - (open ? 1 : 0);
        if (others > 0) {
            return Autograd.RECORDED;
        }
        return use == Use.PERSISTENT ? Autograd.AGAIN : Autograd.ONCE;
    }

    /** Sums what is not one number; the sum has to be recorded even after this tape was closed. */
    private NDArray oneNumber(final NDArray loss) {
        if (loss.getShape().isScalar()) {
            return loss;
        }
        scope.tapeOpens();
        try {
            return loss.sum();
        } finally {
            scope.tapeCloses();
        }
    }

    /** The mistakes that people make most, in words; libtorch tells them by its texts alone. */
    private static RuntimeException explained(final EngineException failure) {
        final String text = String.valueOf(failure.getMessage());
        if (text.contains("does not require grad and does not have a grad_fn")
                || text.contains("of the output tensors does not require grad")) {
            return new StepException("the loss does not depend on anything that a tape recorded; compute it from"
                    + " model.call(...) while the tape is open");
        }
        if (text.contains("of the input tensors does not require grad")) {
            return new StepException(
                    "the tape does not watch one of the sources; call tape.watch(...) with it before it is used");
        }
        if (text.contains("backward through the graph a second time")) {
            return new StepException(
                    "a tape gives the gradients of a loss once; ask for all of them in one call, or open"
                            + " a run.persistentGradientTape()");
        }
        return failure;
    }
}
