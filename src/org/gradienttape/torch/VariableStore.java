package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;

/** The numbers of a run's variables on the device. */
final class VariableStore implements AutoCloseable {
    private final NDManager arrays;
    private final List<Slot> slots = new ArrayList<>();

    /**
     * @param engine owner of everything native that the run opens
     */
    VariableStore(final NDManager engine) {
        this.arrays = engine.newSubManager();
    }

    /** One variable's memory, and the handle by which programs get it. */
    private static final class Slot {
        private final NDArray array;
        private IValue handle;

        Slot(final NDArray array) {
            this.array = array;
        }

        IValue handle() {
            if (handle == null) {
                handle = IValue.from((PtNDArray) array);
            }
            return handle;
        }

        void closeHandle() {
            if (handle != null) {
                handle.close();
            }
        }
    }

    /** Makes room for a variable; returns its number. */
    int add(final float[] values, final long... shape) {
        slots.add(new Slot(Incoming.own(values, new Shape(shape), arrays)));
        return slots.size() - 1;
    }

    int size() {
        return slots.size();
    }

    /** The memory itself. */
    NDArray array(final int number) {
        return slots.get(number).array;
    }

    /** Good until the variable is replaced. */
    IValue handle(final int number) {
        return slots.get(number).handle();
    }

    /**
     * Puts another array in the place of a variable's.
     *
     * @return the one that was there, which is now the caller's
     */
    NDArray replace(final int number, final NDArray array) {
        final Slot old = slots.get(number);
        old.closeHandle();
        array.attach(arrays);
        slots.set(number, new Slot(array));
        return old.array;
    }

    /** A copy of the numbers as they are now. */
    float[] read(final int number) {
        return HostCopy.floats(array(number));
    }

    @Override
    public void close() {
        slots.forEach(Slot::closeHandle);
        slots.clear();
        arrays.close();
    }
}
