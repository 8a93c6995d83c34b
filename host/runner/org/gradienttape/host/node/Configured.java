package org.gradienttape.host.node;

import java.util.Objects;
import java.util.Optional;
import org.knime.core.node.port.PortObjectSpec;

/**
 * What configure returned.
 *
 * @param specs   one element per existing output port; null where the spec is not known yet
 * @param warning the warning that the node set
 */
public record Configured(PortObjectSpec[] specs, Optional<String> warning) {

    public Configured {
        Objects.requireNonNull(specs, "specs");
        Objects.requireNonNull(warning, "warning");
    }
}
