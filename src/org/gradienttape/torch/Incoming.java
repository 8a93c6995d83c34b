package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Brings numbers of the JVM into the engine as arguments of programs, through memory that is used again and again; so are the
 * arrays that lie over it, as long as as many numbers come.
 */
final class Incoming implements AutoCloseable {
    private static final int FIRST_BYTES = 1 << 16;

    private final NDManager arrays;
    private final Lane integers = new Lane(DataType.INT64);
    private final Lane floats = new Lane(DataType.FLOAT32);

    /**
     * @param arrays of the run
     */
    Incoming(final NDManager arrays) {
        this.arrays = arrays;
    }

    /** Memory for numbers of one type, and the array over it. */
    private final class Lane implements AutoCloseable {
        private final DataType type;
        private ByteBuffer memory = buffer(FIRST_BYTES);
        private int count = -1;
        private NDArray array;
        private IValue argument;

        Lane(final DataType type) {
            this.type = type;
        }

        ByteBuffer room(final int numbers) {
            final int bytes = Math.multiplyExact(numbers, type.getNumOfBytes());
            if (memory.capacity() < bytes) {
                close();
                memory = buffer(Math.toIntExact(bytes + bytes / 2L));
            }
            return memory.clear().limit(bytes);
        }

        IValue argument(final int numbers) {
            if (numbers != count || arrays.getDevice().isGpu()) {
                close();
                array = arrays.create(memory, new Shape(numbers), type);
                argument = IValue.from((PtNDArray) array);
                count = numbers;
            }
            return argument;
        }

        @Override
        public void close() {
            if (count >= 0) {
                count = -1;
                argument.close();
                array.close();
            }
        }
    }

    /** Whole numbers, int64, [numbers]; good until the next ones come. */
    IValue bring(final long[] values) {
        integers.room(values.length).asLongBuffer().put(values);
        return integers.argument(values.length);
    }

    /** Numbers, float32, [numbers]; good until the next ones come. */
    IValue bring(final float[] values) {
        floats.room(values.length).asFloatBuffer().put(values);
        return floats.argument(values.length);
    }

    @Override
    public void close() {
        integers.close();
        floats.close();
    }

    /** Whole numbers, int64, in memory of the engine, aligned alike in every run; results depend on that in the last bit. */
    static NDArray own(final long[] values, final Shape shape, final NDManager owner) {
        if (values.length == 0 || owner.getDevice().isGpu()) {
            return owner.create(values, shape);
        }
        final PtNDArray array = (PtNDArray) owner.create(shape, DataType.INT64);
        HostCopy.memory(array).asLongBuffer().put(values);
        return array;
    }

    /** Numbers, float32, in memory of the engine. */
    static NDArray own(final float[] values, final Shape shape, final NDManager owner) {
        if (values.length == 0 || owner.getDevice().isGpu()) {
            return owner.create(values, shape);
        }
        final PtNDArray array = (PtNDArray) owner.create(shape, DataType.FLOAT32);
        HostCopy.memory(array).asFloatBuffer().put(values);
        return array;
    }

    private static ByteBuffer buffer(final int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
