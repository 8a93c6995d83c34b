package org.knime.core.node.workflow;

/** The number of a node, below that of what it lies in: a component, or the workflow, which lies below {@link #ROOTID}. */
public final class NodeID {
    public static final NodeID ROOTID = new NodeID(null, 0);

    private final NodeID prefix;
    private final int index;

    public NodeID(final NodeID prefix, final int index) {
        this.prefix = prefix;
        this.index = index;
    }

    /** Null for the root. */
    public NodeID getPrefix() {
        return prefix;
    }

    public int getIndex() {
        return index;
    }
}
