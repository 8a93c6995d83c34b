package org.gradienttape.host.api.node;

import java.util.Objects;
import org.knime.core.node.port.PortType;

/**
 * A declared port: one that always exists, one whose type a workflow may change, or one that a workflow may add.
 *
 * @param id          key of the port in saved workflows, unique in its node
 * @param side        where the port lies
 * @param name        the port's name, for people
 * @param description an XML fragment
 * @param choice      what a workflow may change, and its types
 */
public record PortGroup(String id, Side side, String name, String description, PortChoice choice) {

    public PortGroup {
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(choice, "choice");
        if (id == null || id.isEmpty()) {
            throw new IllegalArgumentException("The port \"" + name + "\" needs a group id, but it is empty.");
        }
    }

    public boolean optional() {
        return choice.kind() == PortChoice.Kind.OPTIONAL;
    }

    /** Whether a workflow may add any number of ports. */
    public boolean extendable() {
        return choice.kind() == PortChoice.Kind.EXTENDABLE;
    }

    /** Whether there is no port before a workflow adds one. */
    public boolean isEmptyAtFirst() {
        return optional() || extendable();
    }

    /** Whether every workflow has the port as it is declared. */
    public boolean fixed() {
        return choice.kind() == PortChoice.Kind.FIXED;
    }

    /** The only type of a fixed port, the default type of others. */
    public PortType type() {
        return choice.types().get(0);
    }
}
