package org.gradienttape.host.api.node;

import java.util.List;
import org.knime.core.node.port.PortType;

/**
 * Whether a port always exists, and which types it may have.
 *
 * @param optional whether the port exists only where a workflow adds it
 * @param types    the types that the port may have, at least one; exactly one for a port that always exists
 */
public record PortChoice(boolean optional, List<PortType> types) {

    public PortChoice {
        types = List.copyOf(types);
        if (types.isEmpty()) {
            throw new IllegalArgumentException("A port needs at least one type.");
        }
        if (!optional && types.size() > 1) {
            throw new IllegalArgumentException(
                    "A port that always exists has one type, but " + types.size() + " were given.");
        }
    }
}
