package org.knime.core.node.workflow;

import org.gradienttape.host.api.location.NodePlace;

/** The node that a thread configures or executes. */
public final class NodeContext {
    private static final NodeID WORKFLOW = new NodeID(NodeID.ROOTID, 1);

    private final NodeContainer node;

    private NodeContext(final NodeContainer node) {
        this.node = node;
    }

    /** Null outside a workflow. */
    public static NodeContext getContext() {
        return NodePlace.current()
                .map(place -> new NodeContext(new NodeContainer(new NodeID(WORKFLOW, place.number()))))
                .orElse(null);
    }

    public NodeContainer getNodeContainer() {
        return node;
    }
}
