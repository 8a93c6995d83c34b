package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradienttape.tensor.Machine;

/**
 * Memory of the engine in which one call leaves numbers for a later one, such as gradients that workers have summed. Steps
 * that pass on alike use the same memory; what a step did not need is given back.
 */
final class Passed implements AutoCloseable {
    private final NDManager arrays;
    private final List<Room> rooms = new ArrayList<>();

    /**
     * @param arrays of the run
     */
    Passed(final NDManager arrays) {
        this.arrays = arrays;
    }

    /**
     * One of the tensors that lie in a room.
     *
     * @param argument it, as programs get it
     */
    record Place(Room room, IValue argument) {}

    /**
     * Where a tensor lies.
     *
     * @param begin of its numbers
     */
    private record Site(int begin, long[] shape) {
        Site(final Machine.Placed one) {
            this(one.begin(), one.tensor().shape());
        }

        boolean isFor(final Machine.Placed one) {
            return one.begin() == begin && Arrays.equals(one.tensor().shape(), shape);
        }

        long end() {
            return begin + new Shape(shape).size();
        }
    }

    /** Memory for some tensors in a row. */
    static final class Room implements AutoCloseable {
        private final List<Site> sites;
        private final NDArray all;
        private final FloatBuffer numbers;
        private final List<Place> places = new ArrayList<>();
        /** Steps that have it: one that waits, and the one under way, which writes there after the other has run. */
        private int users;

        private Room(final List<Machine.Placed> placed, final int count, final NDManager arrays) {
            this.sites = placed.stream().map(Site::new).toList();
            this.all = arrays.create(new Shape(count), DataType.FLOAT32);
            this.numbers = HostCopy.memory((PtNDArray) all).asFloatBuffer();
            for (final Site site : sites) {
                try (NDArray row = all.get(new NDIndex().addSliceDim(site.begin(), site.end()));
                        NDArray array = row.reshape(site.shape())) {
                    places.add(new Place(this, IValue.from((PtNDArray) array)));
                }
            }
        }

        private boolean isFor(final List<Machine.Placed> placed, final int count) {
            boolean is = numbers.limit() == count && placed.size() == sites.size();
            for (int i = 0; is && i < sites.size(); i++) {
                is = sites.get(i).isFor(placed.get(i));
            }
            return is;
        }

        /** All numbers, where they lie. */
        FloatBuffer numbers() {
            return numbers;
        }

        /** The tensors, in their order. */
        List<Place> places() {
            return places;
        }

        @Override
        public void close() {
            places.forEach(place -> place.argument().close());
            all.close();
        }
    }

    /**
     * Takes room for tensors, until it is released.
     *
     * @param count of all numbers
     * @param readBefore what a step reads that runs before somebody writes there
     */
    Room take(final List<Machine.Placed> placed, final int count, final List<Object> readBefore) {
        final List<Room> free = rooms(readBefore);
        rooms.stream().filter(room -> room.users == 0).forEach(free::add);
        for (final Room room : free) {
            if (room.isFor(placed, count)) {
                room.users++;
                return room;
            }
        }
        final Room room = new Room(placed, count, arrays);
        room.users++;
        rooms.add(room);
        return room;
    }

    /** Whether it lies in a room. */
    static boolean has(final Object resident) {
        return resident instanceof Place;
    }

    /** Lets others take the rooms of a step, which has run, or never will; those that nobody has are given back. */
    void release(final List<Object> ofStep) {
        final List<Room> used = rooms(ofStep);
        if (!used.isEmpty()) {
            rooms.stream().filter(room -> room.users == 0).forEach(Room::close);
            rooms.removeIf(room -> room.users == 0);
            used.forEach(room -> room.users--);
        }
    }

    private static List<Room> rooms(final List<Object> residents) {
        final List<Room> rooms = new ArrayList<>();
        for (final Object resident : residents) {
            if (resident instanceof Place place && !rooms.contains(place.room())) {
                rooms.add(place.room());
            }
        }
        return rooms;
    }

    @Override
    public void close() {
        rooms.forEach(Room::close);
    }
}
