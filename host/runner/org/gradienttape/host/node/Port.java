package org.gradienttape.host.node;

import java.util.Objects;
import org.knime.core.node.port.PortType;

/**
 * A port that exists on a node of a workflow.
 *
 * @param groupId id of its group
 * @param name    the port's name, for people
 * @param type    its type
 */
public record Port(String groupId, String name, PortType type) {

    public Port {
        Objects.requireNonNull(groupId, "groupId");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }
}
