package org.gradienttape.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Arrays of the engine for many numbers that each step brings: they stay, and the next step that brings as many writes over
 * them. By then the step before must have run.
 */
final class Landing {
    private static final int MOST_PLACES = 16;

    private final NDManager arrays;
    private final Map<Place, Room> rooms = new HashMap<>();
    private final Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private int inStep;

    /**
     * @param arrays of the run
     */
    Landing(final NDManager arrays) {
        this.arrays = arrays;
    }

    /**
     * Where numbers come.
     *
     * @param number among the places of its step
     * @param count of the numbers
     */
    private record Place(int number, int count) {}

    private record Room(PtNDArray array, FloatBuffer memory) {}

    void beginStep() {
        inStep = 0;
    }

    /** The array that now has these numbers; empty on a GPU, and where steps bring ever other counts. */
    Optional<Object> put(final float[] values) {
        final Place place = new Place(inStep++, values.length);
        if (values.length == 0
                || arrays.getDevice().isGpu()
                || rooms.size() == MOST_PLACES && !rooms.containsKey(place)) {
            return Optional.empty();
        }
        final Room room = rooms.computeIfAbsent(place, this::open);
        room.memory.put(0, values);
        return Optional.of(room.array);
    }

    private Room open(final Place place) {
        final PtNDArray array = (PtNDArray) arrays.create(new Shape(place.count), DataType.FLOAT32);
        known.add(array);
        return new Room(array, HostCopy.memory(array).asFloatBuffer());
    }

    /** Whether the array is one of these. */
    boolean has(final Object array) {
        return known.contains(array);
    }
}
