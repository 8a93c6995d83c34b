package org.gradienttape.torch;

import ai.djl.ndarray.NDManager;

/** Counts native arrays. */
public final class NativeArrays {
    private NativeArrays() {}

    /** All open arrays of the process that belong to a manager. */
    public static int count() {
        try (NDManager any = TorchEngine.start().newManager(TestDevice.arrays())) {
            return any.getParentManager().getManagedArrays().size();
        }
    }
}
