package org.gradienttape.host.api.node;

import java.util.List;
import java.util.Objects;
import org.knime.node.DefaultNodeFactory;

/**
 * Everything that a factory declared about its node.
 *
 * @param identity         name, icon, kind, version and keywords
 * @param shortDescription one line, an XML text without elements
 * @param fullDescription  an XML fragment
 * @param ports            the port groups of both sides, in the order of declaration
 * @param behaviour        parameters, configure and execute
 */
public record NodeDeclaration(
        NodeIdentity identity,
        String shortDescription,
        String fullDescription,
        List<PortGroup> ports,
        NodeBehaviour behaviour) {

    public NodeDeclaration {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(shortDescription, "shortDescription");
        Objects.requireNonNull(fullDescription, "fullDescription");
        Objects.requireNonNull(behaviour, "behaviour");
        ports = List.copyOf(ports);
    }

    /** The declaration that a factory holds. */
    public static NodeDeclaration of(final DefaultNodeFactory factory) {
        return NodeDeclarationAccess.declaration(factory);
    }

    /** The name on the canvas. */
    public String name() {
        return identity.name();
    }

    /** The port groups of one side, in the order of declaration. */
    public List<PortGroup> ports(final Side side) {
        return ports.stream().filter(group -> group.side() == side).toList();
    }
}
