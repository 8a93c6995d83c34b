package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Arrays of the engine that one call leaves for a later one, such as gradients that workers have summed. */
final class Passed {
    private final Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Keeps an array until it is released.
     *
     * @param array of the run
     */
    void keep(final NDArray array) {
        arrays.add(array);
    }

    /** Whether the array is one of these. */
    boolean has(final Object array) {
        return arrays.contains(array);
    }

    /** Closes those of a step's arrays that are of this kind: it has run, or never will. */
    void release(final List<Object> ofStep) {
        for (final Object array : ofStep) {
            if (arrays.remove(array)) {
                ((NDArray) array).close();
            }
        }
    }
}
