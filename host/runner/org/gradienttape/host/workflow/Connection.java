package org.gradienttape.host.workflow;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;

/**
 * A connection between two nodes of a workflow.
 *
 * @param sourcePort output port of the source; 0 is the port of the flow variables, the node's own ports start at 1
 * @param targetPort input port of the target; counted the same way
 */
public record Connection(int source, int sourcePort, int target, int targetPort) {

    public static Connection load(final NodeSettingsRO settings) throws InvalidSettingsException {
        return new Connection(
                settings.getInt("sourceID"),
                settings.getInt("sourcePort"),
                settings.getInt("destID"),
                settings.getInt("destPort"));
    }

    /** Returns for instance "1:2 -> 3:1" (node:port -> node:port). */
    @Override
    public String toString() {
        return source + ":" + sourcePort + " -> " + target + ":" + targetPort;
    }
}
