package org.gradienttape.host.api.port;

import java.util.Objects;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObject.PortObjectSerializer;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectSpec.PortObjectSpecSerializer;

/**
 * What a bundle declares of a port type.
 *
 * @param name shown to people
 * @param color red, green and blue, 8 bits each
 * @param objectSerializer null for tables, which are not written through a serializer
 */
public record PortDeclaration(
        String name,
        int color,
        Class<? extends PortObject> objectClass,
        PortObjectSerializer<?> objectSerializer,
        Class<? extends PortObjectSpec> specClass,
        PortObjectSpecSerializer<?> specSerializer) {

    public PortDeclaration {
        Objects.requireNonNull(name);
        Objects.requireNonNull(objectClass);
        Objects.requireNonNull(specClass);
        Objects.requireNonNull(specSerializer);
    }
}
