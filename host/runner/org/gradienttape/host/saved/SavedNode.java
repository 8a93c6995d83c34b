package org.gradienttape.host.saved;

import java.util.List;
import org.gradienttape.host.workflow.FlowVariable;
import org.gradienttape.host.workflow.NodeInstance;
import org.gradienttape.host.workflow.NodeState;

/**
 * A node as its file tells of it, before what it made is read.
 *
 * @param state     how far the node was when it was saved
 * @param variables the flow variables that it had added
 */
record SavedNode(NodeInstance node, NodeState state, List<FlowVariable> variables) {

    SavedNode {
        variables = List.copyOf(variables);
    }
}
