package org.gradienttape.nodes.ports;

import java.util.Optional;
import java.util.UUID;
import org.knime.core.node.workflow.NodeContainer;
import org.knime.core.node.workflow.NodeContext;
import org.knime.core.node.workflow.NodeID;

/** What tells the nodes of a workflow apart: it stays when the workflow is saved, and a copy of a node has another one. */
public final class NodeNumber {
    private NodeNumber() {}

    /** Of the node that is configured or executed now, for example "5", or "7:0:5" within a component. */
    public static String current() {
        return Optional.ofNullable(NodeContext.getContext())
                .map(NodeContext::getNodeContainer)
                .map(NodeContainer::getID)
                .map(NodeNumber::text)
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    /** Without the number of the workflow, which changes when it is opened again. */
    private static String text(final NodeID id) {
        final NodeID around = id.getPrefix();
        return around == null || NodeID.ROOTID.equals(around.getPrefix())
                ? Integer.toString(id.getIndex())
                : text(around) + ":" + id.getIndex();
    }
}
