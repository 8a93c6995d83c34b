package org.gradienttape.layer;

import java.util.Optional;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/** Where a user's layer has its weights from, and who hears of the layers that it calls. */
interface LayerHost {
    /**
     * A weight that the code makes.
     *
     * @param asked with its name within the outermost layer
     */
    Variable weight(WeightSpec asked);

    /**
     * A layer within was called.
     *
     * @param name within the outermost layer
     * @param layer empty for a layer in Java
     */
    default void called(
            final String name, final String type, final Optional<Layer> layer, final Tensor x, final Tensor result) {
        // of interest only while a model is built
    }
}
