package org.gradienttape.host.workflow;

import java.util.List;
import java.util.stream.Collectors;

/** Says that connections of a workflow form a circle, so that no order to run the nodes exists. */
public final class CircleException extends Exception {

    private static final long serialVersionUID = 1L;

    CircleException(final List<NodeInstance> nodes) {
        super("The connections of these nodes form a circle, or hang behind one: "
                + nodes.stream().map(NodeInstance::folder).collect(Collectors.joining(", "))
                + "; remove one of the connections.");
    }
}
