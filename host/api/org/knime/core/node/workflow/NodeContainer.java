package org.knime.core.node.workflow;

/** A node in its workflow. */
public class NodeContainer {
    private final NodeID id;

    NodeContainer(final NodeID id) {
        this.id = id;
    }

    public final NodeID getID() {
        return id;
    }
}
