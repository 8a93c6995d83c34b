package org.gradienttape.host.node;

import java.util.Objects;
import java.util.Optional;
import org.knime.core.node.port.PortObject;

/**
 * What execute returned.
 *
 * @param objects  one element per existing output port, none null, each of its port's type
 * @param internal what the node keeps for its view; empty if it keeps nothing
 * @param warning  the warning that the node set, or that its outputs call for
 */
public record Executed(PortObject[] objects, Optional<PortObject[]> internal, Optional<String> warning) {

    public Executed {
        Objects.requireNonNull(objects, "objects");
        Objects.requireNonNull(internal, "internal");
        Objects.requireNonNull(warning, "warning");
    }
}
