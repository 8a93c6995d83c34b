package org.gradienttape.torch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import org.gradienttape.error.InvalidInputException;

/**
 * What computes a run, for a person who asks why it is slow or where its libraries come from.
 *
 * @param engine the tensor library with its version, "PyTorch 2.7.1"
 * @param binding what calls it from Java, "DJL 0.35.1"
 * @param device "CPU", or "GPU 0" and so on
 * @param threads of the CPU within one operation
 * @param libraries the folder that the native libraries were loaded from
 */
public record Backend(String engine, String binding, String device, int threads, String libraries) {
    /**
     * What such a run uses; starts the engine if nothing has started it yet.
     *
     * @throws InvalidInputException if the engine cannot be started or lacks the device
     */
    public static Backend of(final Compute compute) {
        final TorchEngine engine = TorchEngine.start();
        final ai.djl.Device device = engine.resolve(compute.device());
        return new Backend(
                engine.name(),
                "DJL " + Engine.getDjlVersion(),
                device.isGpu() ? "GPU " + device.getDeviceId() : "CPU",
                compute.threads(),
                LibUtils.getLibtorchPath());
    }

    /** One line for a log. */
    @Override
    public String toString() {
        return "Backend: " + engine + " (" + binding + ") on " + device + ", " + threads
                + (threads == 1 ? " thread" : " threads") + ", libraries in " + libraries;
    }
}
