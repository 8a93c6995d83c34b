package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Arrays from numbers of the JVM, in the engine's own memory. */
final class EngineMemory {
    private EngineMemory() {}

    /** A copy that is aligned alike in every run; results depend on that in the last bit. */
    static NDArray array(final float[] numbers, final Shape shape, final NDManager owner) {
        try (NDArray given = owner.create(numbers, shape)) {
            return given.duplicate();
        }
    }
}
