package org.gradienttape.layer;

import java.util.function.Function;
import org.gradienttape.tensor.Tensor;

/** The object of a user's layer in a run. All calls of it go through here, so that what it throws names the line. */
@FunctionalInterface
public interface OwnLayer {
    Tensor call(Function<CustomLayer, Tensor> use);
}
