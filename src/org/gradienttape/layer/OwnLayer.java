package org.gradienttape.layer;

import java.util.function.Function;

/** The object of a user's layer in a run. All calls of it go through here, so that what it throws names the line. */
@FunctionalInterface
public interface OwnLayer {
    <R> R call(Function<CustomLayer, R> use);
}
