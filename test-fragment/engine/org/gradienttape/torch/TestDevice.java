package org.gradienttape.torch;

import java.util.Locale;

/**
 * Where the engine's tests compute: on the CPU, or on the first GPU with {@code -Dgradienttape.device=gpu}. There the
 * environment variable NVIDIA_TF32_OVERRIDE=0 has to keep convolutions from rounding to 10 bits, which the values that
 * the tests compare with do not.
 */
public final class TestDevice {
    private static final Device DEVICE =
            Device.valueOf(System.getProperty("gradienttape.device", "cpu").toUpperCase(Locale.ROOT));

    private TestDevice() {}

    /** The device of arrays that a test makes itself. */
    public static ai.djl.Device arrays() {
        return TorchEngine.start().resolve(DEVICE);
    }

    /** Compiled, with one thread. */
    public static Compute compute() {
        return compute(Execution.COMPILED);
    }

    /** With one thread. */
    public static Compute compute(final Execution execution) {
        return new Compute(DEVICE, 1, execution);
    }

    /** Whether the same work gives the same bits there: a GPU adds some gradients in the order in which it gets to them. */
    public static boolean isRepeatable() {
        return DEVICE == Device.CPU;
    }
}
