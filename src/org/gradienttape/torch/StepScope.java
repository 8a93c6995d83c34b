package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.gradienttape.code.CodeStop;
import org.gradienttape.step.StepException;
import org.gradienttape.step.Tensor;

/**
 * The native arrays of one call of a step's code. All of them end with it, whatever the code kept or left behind; a
 * tensor that is used afterwards says so.
 */
final class StepScope implements AutoCloseable {
    private final NDManager arrays;
    private final String place;
    private final BooleanSupplier stopped;
    private final List<NDArray> leaves = new ArrayList<>();
    private int openTapes;
    private boolean gradientsAsValues;
    private boolean over;

    /**
     * @param run owner of the arrays' manager
     * @param place for example "epoch 0, step 3"
     * @param stopped whether the step has to end in its next operation
     */
    StepScope(final NDManager run, final String place, final BooleanSupplier stopped) {
        this.arrays = run.newSubManager();
        this.place = place;
        this.stopped = stopped;
    }

    /** The owner of what the step computes. */
    NDManager arrays() {
        check();
        return arrays;
    }

    /** A tensor of this step, in memory that others may show too. */
    Tensor tensor(final NDArray array) {
        return new StepTensor(this, array, StepTensor.Memory.SHARED);
    }

    /** A tensor of this step, in new memory. */
    Tensor freshTensor(final NDArray array) {
        return new StepTensor(this, array, StepTensor.Memory.FRESH);
    }

    /** The number 0, shape [], which adds nothing. */
    Tensor nothing() {
        return new StepTensor(this, number(0), StepTensor.Memory.NOTHING);
    }

    /** Takes a note that tapes record more than the weights, so gradients must not be collected by leaves. */
    void watched() {
        gradientsAsValues = true;
    }

    /** Takes a note of a weight that tapes record, so that all of them are known. */
    void recorded(final NDArray leaf) {
        leaves.add(leaf);
    }

    /**
     * The gradients of a loss, by the fastest way that leaves no trace.
     *
     * @param sources what to take them by
     */
    List<NDArray> gradients(final NDArray loss, final List<NDArray> sources, final Autograd order) {
        if (order != Autograd.ONCE || gradientsAsValues || !isEveryLeaf(sources)) {
            return order.gradients(loss, sources);
        }
        gradientsAsValues = true; // a second time they would be added to the first ones
        return Autograd.gradientsOfLeaves(loss, sources);
    }

    private boolean isEveryLeaf(final List<NDArray> sources) {
        if (sources.size() != leaves.size()) {
            return false;
        }
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i) != leaves.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** A constant, shape []; see {@link ForwardPass#number}. */
    NDArray number(final double value) {
        return arrays.full(new Shape(), (float) value);
    }

    /** The tapes that record now. */
    int openTapes() {
        return openTapes;
    }

    void tapeOpens() {
        check();
        openTapes++;
        JniUtils.setGradMode(true);
    }

    void tapeCloses() {
        openTapes--;
        JniUtils.setGradMode(openTapes > 0);
    }

    /** Does something that no tape records. */
    void unrecorded(final Runnable work) {
        check();
        JniUtils.setGradMode(false);
        try {
            work.run();
        } finally {
            JniUtils.setGradMode(openTapes > 0);
        }
    }

    /** Called by every operation. */
    void check() {
        if (over) {
            throw new StepException(
                    "a tensor of " + place + " was used after that step was over; keep a number of it with"
                            + " item(), its numbers with toFloatArray(), or a run.variable(...) that lasts");
        }
        if (stopped.getAsBoolean()) {
            throw new CodeStop();
        }
    }

    @Override
    public void close() {
        over = true;
        JniUtils.setGradMode(false);
        arrays.close();
    }
}
