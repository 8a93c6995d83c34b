package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import org.gradienttape.step.StepException;
import org.gradienttape.step.Tensor;

/** A tensor that a step computed. */
final class StepTensor extends EngineTensor {
    /** What is known of its memory. */
    enum Memory {
        /** Other tensors may show the same memory. */
        SHARED,
        /** Nobody has looked at it since it was computed, so it may be used up. */
        FRESH,
        /** It has been used up. */
        USED_UP,
        /** The number 0, which need not be added. */
        NOTHING
    }

    private final StepScope scope;
    private final NDArray array;
    private Memory memory;

    StepTensor(final StepScope scope, final NDArray array, final Memory memory) {
        this.scope = scope;
        this.array = array;
        this.memory = memory;
    }

    @Override
    StepScope scope() {
        return scope;
    }

    @Override
    NDArray array() {
        scope.check();
        if (memory == Memory.USED_UP) {
            throw new StepException("a gradient was used after an optimizer had used it up; use it before apply, for"
                    + " example to report its norm");
        }
        if (memory == Memory.FRESH) {
            memory = Memory.SHARED;
        }
        return array;
    }

    @Override
    public Tensor add(final Tensor other) {
        return other instanceof StepTensor added && added.memory == Memory.NOTHING ? this : super.add(other);
    }

    @Override
    NDArray takeOrCopy() {
        if (memory != Memory.FRESH) {
            return array().duplicate();
        }
        scope.check();
        memory = Memory.USED_UP;
        return array;
    }
}
