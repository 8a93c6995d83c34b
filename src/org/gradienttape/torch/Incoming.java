package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Brings numbers of the JVM into arrays, through memory that is used again and again. */
final class Incoming {
    private static final int FIRST_BYTES = 1 << 16;

    private ByteBuffer integers = buffer(FIRST_BYTES);
    private ByteBuffer floats = buffer(FIRST_BYTES);

    /** Whole numbers, int64; on a CPU good until the next ones come. */
    NDArray bring(final long[] values, final Shape shape, final NDManager owner) {
        integers = roomy(integers, values.length * (long) Long.BYTES);
        integers.asLongBuffer().put(values);
        return owner.create(integers, shape, DataType.INT64);
    }

    /** Numbers, float32; on a CPU good until the next ones come. */
    NDArray bring(final float[] values, final Shape shape, final NDManager owner) {
        floats = roomy(floats, values.length * (long) Float.BYTES);
        floats.asFloatBuffer().put(values);
        return owner.create(floats, shape, DataType.FLOAT32);
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

    private static ByteBuffer roomy(final ByteBuffer buffer, final long bytes) {
        final ByteBuffer large = buffer.capacity() >= bytes ? buffer : buffer(Math.toIntExact(bytes + bytes / 2));
        return large.clear().limit((int) bytes);
    }

    private static ByteBuffer buffer(final int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
