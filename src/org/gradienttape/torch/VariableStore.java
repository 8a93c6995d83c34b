package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.state.Memory;

/** The numbers of a run's variables on the device. */
public final class VariableStore implements AutoCloseable {
    private final NDManager arrays;
    private final List<Slot> slots = new ArrayList<>();
    /** Names of variables that a kept run had and nobody has made anew yet, by number. */
    private final Map<Integer, String> unclaimed = new TreeMap<>();

    /**
     * @param engine owner of everything native that the run opens
     */
    public VariableStore(final NDManager engine) {
        this.arrays = engine.newSubManager();
    }

    /** One variable's memory, and the handle by which programs get it. */
    private static final class Slot {
        private final String name;
        private final NDArray array;
        private IValue handle;

        Slot(final String name, final NDArray array) {
            this.name = name;
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

    /**
     * Makes room for a variable; returns its number. In a run that goes on it is the next one of this name that the run had,
     * with the numbers that it had.
     */
    public int add(final String name, final float[] values, final long... shape) {
        final Optional<Integer> kept = unclaimed.entrySet().stream()
                .filter(variable -> variable.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
        if (kept.isPresent()) {
            unclaimed.remove(kept.get());
            if (!array(kept.get()).getShape().equals(new Shape(shape))) {
                throw misfit("the variable " + name + " has the shape " + new Shape(shape) + " and had "
                        + array(kept.get()).getShape());
            }
            return kept.get();
        }
        slots.add(new Slot(name, Incoming.own(values, new Shape(shape), arrays)));
        return slots.size() - 1;
    }

    /**
     * Keeps all variables, or goes back to them: those that are there get their numbers, the others wait for somebody who
     * makes them anew.
     */
    public void keep(final Memory memory) {
        final List<String> names =
                memory.texts("names", slots.stream().map(slot -> slot.name).toList());
        for (int i = 0; i < names.size(); i++) {
            final Memory part = memory.part(Integer.toString(i));
            final boolean isThere = i < slots.size();
            final long[] shape =
                    part.integers("shape", isThere ? array(i).getShape().getShape() : new long[0]);
            final float[] values = part.floats("values", isThere && !memory.givesBack() ? read(i) : new float[0]);
            if (memory.givesBack()) {
                restore(i, names.get(i), values, new Shape(shape));
            }
        }
    }

    private void restore(final int number, final String name, final float[] values, final Shape shape) {
        if (values.length != shape.size()) {
            throw misfit("the variable " + name + " of the shape " + shape + " has " + values.length + " numbers");
        }
        if (number == slots.size()) {
            slots.add(new Slot(name, Incoming.own(values, shape, arrays)));
            unclaimed.put(number, name);
            return;
        }
        if (!slots.get(number).name.equals(name) || !array(number).getShape().equals(shape)) {
            throw misfit("the variable " + slots.get(number).name + " "
                    + array(number).getShape() + " was " + name + " " + shape);
        }
        replace(number, Incoming.own(values, shape, arrays)).close();
    }

    private static InvalidInputException misfit(final String what) {
        return new InvalidInputException("The checkpoint does not fit the run: " + what + "; begin the run anew.");
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
        slots.set(number, new Slot(old.name, array));
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
