package org.gradienttape.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads arrays that last for a run. DJL itself keeps the copy on the CPU, through which it reads an array on a GPU, for
 * as long as the array lasts, so that each reading would take memory until the end of the run.
 */
final class HostCopy {
    private HostCopy() {}

    /** The numbers of an array of 32-bit floats, in its order; the copy on the CPU is gone afterwards. */
    static float[] floats(final NDArray array) {
        if (!array.getDevice().isGpu()) {
            return array.toFloatArray();
        }
        try (NDArray copy = array.toDevice(Device.cpu(), true)) {
            return copy.toFloatArray();
        }
    }

    /** The array's own memory, on a CPU. */
    static ByteBuffer memory(final PtNDArray array) {
        return JniUtils.getByteBuffer(array, true).order(ByteOrder.nativeOrder());
    }
}
