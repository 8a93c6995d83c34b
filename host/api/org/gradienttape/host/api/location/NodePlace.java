package org.gradienttape.host.api.location;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the node is that a thread configures or executes.
 *
 * @param workflow  the folder of its workflow
 * @param node      the node's own folder in it
 * @param number    of the node in its workflow
 * @param workspace the folder that the mountpoint LOCAL stands for
 */
public record NodePlace(Path workflow, Path node, int number, Optional<Path> workspace) {

    private static final ThreadLocal<NodePlace> CURRENT = new ThreadLocal<>();

    /** Returns the place of the node that this thread works for; empty outside a workflow. */
    public static Optional<NodePlace> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Says that this thread works for the node of this place until {@link #leave}. */
    public void enter() {
        CURRENT.set(this);
    }

    /** Says that this thread works for no node any more. */
    public static void leave() {
        CURRENT.remove();
    }
}
