package org.gradienttape.host.api.execution;

/** Told of every change of a node's progress, in the thread of the node: it must return at once. */
@FunctionalInterface
public interface ProgressListener {
    /**
     * @param fraction done, 0 to 1
     * @param message null if the node has not given one
     */
    void progressChanged(double fraction, String message);
}
