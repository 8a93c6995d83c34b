package org.gradienttape.host.workflow;

import java.util.Optional;
import org.gradienttape.host.api.node.NodeFailure;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.port.PortObject;

/** One execution of one node. */
public interface NodeTask {

    /** Runs the node to its end, in the calling thread. */
    Result execute() throws NodeFailure, CanceledExecutionException;

    /** Asks the running node to stop; called from another thread, at any time. */
    void cancel();

    /** What came out, with what the node warned of. */
    record Result(Outputs outputs, Optional<String> warning) {}

    /** Makes the tasks. */
    @FunctionalInterface
    interface Source {
        NodeTask create(NodeInstance node, PortObject[] inputs, ExecutionListener listener);
    }
}
